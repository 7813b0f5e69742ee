using Longhand.Layers;

namespace Longhand;

/// <summary>
/// Where the registries themselves live. They stand apart from the classes whose files fill them, since the order in which the static
/// fields of a class with many files are initialised is not defined.
/// </summary>
internal static class Registries
{
    public static readonly Registry<Layer> Layers = new("layer");
    public static readonly Registry<Loss> Losses = new("loss");
    public static readonly Registry<Optimizer> Optimizers = new("optimizer");
    public static readonly Registry<Initializer> Initializers = new("initialiser");
    public static readonly Registry<Schedule> Schedules = new("schedule");
}
