using FsCheck;
using FsCheck.Fluent;
using Longhand.Plans;

namespace Longhand.Tests.Kernels;

/// <summary>Memory that is shared out by time.</summary>
public sealed class ArenaTests
{
    [Fact]
    public void What_is_needed_together_lies_apart_and_nothing_is_wasted_on_what_is_not()
    {
        Prop.ForAll(
                ArbMap.Default.ArbFor<(PositiveInt Length, NonNegativeInt From, NonNegativeInt Span)[]>(),
                wanted =>
                {
                    var arena = new Arena();
                    Arena.Slot[] slots =
                    [
                        .. wanted.Select(w => arena.Reserve(w.Length.Get).UsedAt(w.From.Get).UsedAt(w.From.Get + w.Span.Get)),
                    ];
                    arena.Allocate();
                    for (int i = 0; i < slots.Length; i++)
                    {
                        Assert.Equal(slots[i].Length, slots[i].Buffer.Length);
                        Assert.Equal(0, slots[i].Offset % 16);
                        Assert.True(slots[i].Offset + slots[i].Padded <= arena.Length);
                        for (int k = 0; k < i; k++)
                            Assert.True(
                                !slots[i].MeetsInTime(slots[k])
                                    || slots[i].Offset + slots[i].Padded <= slots[k].Offset
                                    || slots[k].Offset + slots[k].Padded <= slots[i].Offset
                            );
                    }
                    Assert.True(arena.Length <= slots.Sum(s => s.Padded));
                    if (slots.Length > 0 && !slots.Any(s => slots.Any(o => o != s && s.MeetsInTime(o))))
                        Assert.Equal(slots.Max(s => s.Padded), arena.Length);
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
