using Longhand.Layers;

namespace Longhand;

/// <summary>The notation of networks, both ways.</summary>
internal static class Notation
{
    /// <summary>Reads <c>2 -> dense 8 tanh -> dense 1</c>; the ends of lines are arrows, too.</summary>
    public static Network Parse(string text) => Parse(new NotationSource(text), Layer.Kinds);

    /// <summary>Reads a list whose items are the parts.</summary>
    public static Network Parse(IEnumerable<string> parts) => Parse(new NotationSource(parts), Layer.Kinds);

    /// <summary>Reads with letters for sizes.</summary>
    public static Network Parse(string text, IReadOnlyDictionary<string, int> numbers)
    {
        var letters = new NotationLetters(numbers);
        Network network = Parse(new NotationSource(text), Layer.Kinds, letters);
        letters.RequireAllRead();
        return network;
    }

    /// <summary>Reads with these kinds of layers.</summary>
    public static Network Parse(NotationSource source, Registry<Layer> kinds, NotationLetters? letters = null) =>
        new NotationReader(source, kinds, letters).Read();

    /// <summary>Writes a network in the one way that all networks equal to it are written.</summary>
    public static string Write(Network network) => new NotationWriter(network).Write();
}
