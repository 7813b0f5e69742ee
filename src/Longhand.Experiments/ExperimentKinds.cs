namespace Longhand.Experiments;

/// <summary>What this assembly adds to the registries of the library.</summary>
public static class ExperimentKinds
{
    /// <summary>Makes the kind of data <c>csv</c> known; a second time changes nothing. Reading an experiment does it by itself.</summary>
    public static void Register() => CsvKind.Register();
}
