using System.Collections.Immutable;

namespace Longhand;

/// <summary>
/// The list behind <see cref="Data.Kinds"/>. It is a class of its own because the fields of <see cref="Data"/> register themselves
/// while that class is being initialised, file by file in no promised order: the list must exist before the first of them.
/// </summary>
internal static class DataKinds
{
    private static readonly Lock gate = new();
    private static volatile ImmutableSortedDictionary<string, DataKind> byName = ImmutableSortedDictionary.Create<string, DataKind>(
        StringComparer.OrdinalIgnoreCase
    );

    // Without an explicit static constructor the runtime may run the initialisers later than the first use of a member.
    static DataKinds() { }

    /// <summary>All kinds, by name.</summary>
    public static ImmutableSortedDictionary<string, DataKind> ByName => byName;

    /// <summary>Adds a kind; the same one a second time changes nothing.</summary>
    public static DataKind Add(DataKind kind)
    {
        lock (gate)
        {
            if (byName.TryGetValue(kind.Name, out DataKind? known) && known != kind)
                throw new InvalidOperationException($"Another kind of data is already registered under the name \"{kind.Name}\".");
            byName = byName.SetItem(kind.Name, kind);
            return kind;
        }
    }
}
