using System.Numerics;

namespace Longhand.Kernels;

/// <summary>
/// Where the numbers of a small dense layer and of the activation behind it lie, samples along the lanes: values lie as
/// [group][feature][lane], a group being as many samples as there are lanes. A weight is one number for all lanes, so that nothing is packed
/// or transposed. What is null is not asked for, as gradients in inference.
/// </summary>
internal unsafe struct TinyLayer
{
    /// <summary>How many inputs.</summary>
    public int Inputs;

    /// <summary>How many units.</summary>
    public int Units;

    /// <summary>How many groups of samples.</summary>
    public int Groups;

    /// <summary>Floats from one group's inputs to the next group's.</summary>
    public int InputsApart;

    /// <summary>How many units are multiplied before their products are summed: <see cref="MostUnits"/>.</summary>
    public int UnitsAtOnce;

    /// <summary>Which of a chain's rules stands behind the sums.</summary>
    public TinyRule Rule;

    /// <summary>The inputs.</summary>
    public float* X;

    /// <summary>The weights, [unit][input].</summary>
    public float* Weight;

    /// <summary>The biases; zeros where there are none.</summary>
    public float* Bias;

    /// <summary>The outputs, behind the activation.</summary>
    public float* Y;

    /// <summary>The sums before the activation; the same as the outputs where the activation's slope does not read them.</summary>
    public float* Z;

    /// <summary>The gradient of the outputs, overwritten with that of the sums.</summary>
    public float* Gradient;

    /// <summary>Where the gradient of the inputs goes; null where nobody asks.</summary>
    public float* InputGradient;

    /// <summary>Where the gradient of the weights goes, padded to whole vectors; null where the chain sums all products at once.</summary>
    public float* WeightGradient;

    /// <summary>Where the gradient of the biases goes, padded to whole vectors; null where the chain sums or there are none.</summary>
    public float* BiasGradient;

    /// <summary>Room for <see cref="Room"/> floats: inputs times gradients, not summed over the lanes yet.</summary>
    public float* Products;

    /// <summary>Where the gradients of the sums go, not summed over the lanes yet; null where they are there already or there are no biases.</summary>
    public float* BiasProducts;

    /// <summary>Floats that the products of a layer need before they are summed.</summary>
    public static int Room(int inputs, int units) =>
        Math.Max(Math.Min(MostUnits(inputs), units) * inputs, FloatBuffer.Padding) * LaneWidth.Most;

    /// <summary>So many that their products are about 64 vectors, which the first cache holds, and their sums whole vectors.</summary>
    public static int MostUnits(int inputs)
    {
        int least = FloatBuffer.Padding / (int)BigInteger.GreatestCommonDivisor(inputs, FloatBuffer.Padding);
        return least * Math.Max(1, 64 / (inputs * least));
    }
}

/// <summary>Which rule stands behind a layer of a <see cref="TinyChain"/>.</summary>
internal enum TinyRule
{
    /// <summary>None: the sums are the outputs.</summary>
    None,

    /// <summary>The chain's first, which is part of its code.</summary>
    First,

    /// <summary>The chain's second, which is part of its code too.</summary>
    Second,

    /// <summary>Another, which is called.</summary>
    Other,
}
