namespace Longhand.Experiments;

/// <summary>What this assembly adds to the registries of the library.</summary>
public static class ExperimentKinds
{
    /// <summary>Makes the kinds of data <c>csv</c> and <c>table</c> known; a second time changes nothing. Reading an experiment does it by itself.</summary>
    public static void Register()
    {
        CsvKind.Register();
        TableKind.Register();
    }
}
