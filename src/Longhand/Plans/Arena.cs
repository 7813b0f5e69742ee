using Longhand.Kernels;

namespace Longhand.Plans;

/// <summary>
/// One piece of memory for all that a plan computes with. Numbers that are never needed at the same time share a place, so that a step's
/// memory is what must be kept and not what was ever written.
/// </summary>
internal sealed class Arena
{
    private readonly List<Slot> slots = [];

    /// <summary>Floats in all, after <see cref="Allocate"/>.</summary>
    public long Length { get; private set; }

    /// <summary>Room for numbers of which is known later when they are used.</summary>
    public Slot Reserve(long length)
    {
        var slot = new Slot(length);
        slots.Add(slot);
        return slot;
    }

    /// <summary>Gives each slot its place: the largest first, each as low as those allow that it is needed together with.</summary>
    public void Allocate()
    {
        var placed = new List<Slot>();
        foreach (Slot slot in slots.OrderByDescending(s => s.Length))
        {
            long at = 0;
            foreach (Slot other in placed.Where(slot.MeetsInTime).OrderBy(o => o.Offset))
                if (at + slot.Padded <= other.Offset)
                    break;
                else
                    at = Math.Max(at, other.Offset + other.Padded);
            slot.Offset = at;
            placed.Add(slot);
            Length = Math.Max(Length, at + slot.Padded);
        }
        // What does not go into one piece may go into several; what does not go into those either is refused there.
        FloatBuffer? whole = Length <= FloatBuffer.MaximumLength ? new(Length) : null;
        foreach (Slot slot in slots)
            slot.Buffer = whole?.Part((int)slot.Offset, (int)slot.Length) ?? new FloatBuffer(slot.Length);
    }

    /// <summary>Numbers and the time during which they are needed.</summary>
    internal sealed class Slot(long length)
    {
        private int from = int.MaxValue,
            to = int.MinValue;

        public long Length => length;

        public long Padded => (length + FloatBuffer.Padding - 1) / FloatBuffer.Padding * FloatBuffer.Padding;

        public long Offset { get; set; }

        /// <summary>The memory, after <see cref="Allocate"/>. What lies behind it is others' numbers.</summary>
        public FloatBuffer Buffer { get; set; } = null!;

        /// <summary>The numbers are written or read at that time.</summary>
        public Slot UsedAt(int time)
        {
            (from, to) = (Math.Min(from, time), Math.Max(to, time));
            return this;
        }

        public bool MeetsInTime(Slot other) => from <= other.to && other.from <= to;
    }
}
