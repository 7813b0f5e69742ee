using System.Globalization;
using System.Runtime.CompilerServices;
using Longhand.Activations;
using Longhand.Kernels;
using Longhand.Numbers;
using Longhand.Plans;

namespace Longhand.Layers;

/// <summary>
/// One operation of a network, stated once in plain loops over an abstract number: immutable structure without values. Shapes are those of
/// one sample; passes run over a batch. A layer is one file; where it needs speed it lays a kernel of its own into a plan.
/// </summary>
public abstract partial class Layer
{
    /// <summary>Every layer and activation that the notation knows.</summary>
    public static Registry<Layer> Kinds
    {
        get
        {
            // Here rather than in the static constructor below: an activation is a layer, so two constructors that wait for each other
            // on two threads would let one of them see the registry half filled.
            RuntimeHelpers.RunClassConstructor(typeof(Activation).TypeHandle);
            return Registries.Layers;
        }
    }

    // Kinds are registered by static fields in the files of the layers. An explicit static constructor makes sure that they have been by
    // the time anyone asks for Kinds: without one the runtime may put their initialisation off, and the registry is found empty.
    static Layer() { }

    /// <summary>The keyword: "dense", "sigmoid". Names in a network are made of it and a running number.</summary>
    public abstract string Kind { get; }

    /// <summary>As it is written in the notation, arguments included; reading it back makes an equal layer.</summary>
    public abstract string Notation { get; }

    /// <summary>The letter that its outputs are written with where they are not the network's own.</summary>
    public virtual string Symbol => "z";

    /// <summary>Whether it joins several values (add, concat) rather than reading one.</summary>
    public virtual bool IsJoin => false;

    /// <summary>Whether it may stand behind another layer without an arrow, as in <c>dense 8 relu</c>.</summary>
    public virtual bool IsActivation => false;

    /// <summary>The shape of the output, given those of the inputs.</summary>
    /// <exception cref="ShapeException">The layer cannot read these shapes; the message says what it reads.</exception>
    public abstract Shape Output(IReadOnlyList<Shape> inputs);

    /// <summary>The parameters that the layer owns when it reads these shapes, in the order in which random numbers are drawn for them.</summary>
    public virtual IReadOnlyList<Parameter> Parameters(IReadOnlyList<Shape> inputs) => [];

    /// <summary>What is known of the output, given what is known of the first input.</summary>
    public virtual OutputRange Range(OutputRange input) => OutputRange.Unbounded;

    /// <summary>Whether the layer computes something else in training than in inference.</summary>
    public virtual bool DependsOnMode => false;

    /// <summary>Why the layer cannot train on batches of so many examples, said behind its name; null where it can, as most layers always can.</summary>
    public virtual string? RefuseToTrainOn(int batch, IReadOnlyList<Shape> inputs) => null;

    /// <summary>
    /// The window through which each output pixel sees an image of this shape: what the receptive field is computed from. Null where a pixel
    /// of the output sees the same pixel of the input alone; of no account where a vector is written, which sees everything.
    /// </summary>
    public virtual Window? WindowOver(Shape image) => null;

    /// <summary>
    /// How many multiplications by weights one example takes, those with the zeros of a padding included. As it stands here: each weight once
    /// for each pixel of the output.
    /// </summary>
    public virtual Polynomial MultiplicationFormula(IReadOnlyList<Shape> inputs)
    {
        Shape output = Output(inputs);
        Polynomial pixels = output.IsImage ? output.Size(0).Formula * output.Size(1).Formula : Polynomial.Of(1);
        return Parameters(inputs)
            .Where(p => p.Role == ParameterRole.Weight)
            .Aggregate(Polynomial.Zero, (sum, p) => sum + p.Formula * pixels);
    }

    /// <summary>The same as a number.</summary>
    /// <exception cref="OverflowException">It is more than can be counted in 64 bits.</exception>
    /// <exception cref="LonghandException">A size is a letter.</exception>
    public long Multiplications(IReadOnlyList<Shape> inputs) => MultiplicationFormula(inputs).ToInt64();

    /// <summary>Whether the output is a linear function of the input plus a constant, so that two such layers in a row are one.</summary>
    public virtual bool IsLinear => false;

    /// <summary>Whether the layer takes away whatever is added to a whole channel of its input (batchnorm), so that a bias before it is idle.</summary>
    public virtual bool RemovesShift => false;

    /// <summary>Whether training draws random numbers for the layer (dropout).</summary>
    public virtual bool IsRandom => false;

    /// <summary>
    /// The same layer with as few units and as small a window as it can have: its way back reads the same values (inputs, output) and
    /// takes no time.
    /// </summary>
    internal virtual Layer Small => this;

    /// <summary>Whether it reads a flat vector, so that the notation puts a flatten before it when it is given an image.</summary>
    public virtual bool ReadsVector => false;

    /// <summary>This layer under conventions that choose what its text left open (the slope of relu at 0); itself for most.</summary>
    public virtual Layer Under(Conventions conventions) => this;

    /// <summary>Sets every element of <see cref="Pass{T}.Y"/>. Bounds are taken from the grids, so that a pass may run at any size.</summary>
    public abstract void Forward<T>(Pass<T> p)
        where T : IScalar<T>;

    /// <summary>
    /// Sets every element of the input and parameter gradients. What is read here of inputs, output and parameters is what must be kept
    /// from the forward pass.
    /// </summary>
    public abstract void Backward<T>(Pass<T> p)
        where T : IScalar<T>;

    /// <summary>The same in matrices, for a layer of vectors that people write so; null for the others.</summary>
    public virtual MatrixForm? Matrix => null;

    /// <summary>
    /// Lays the layer into a plan. Unless it is overridden the layer runs through <see cref="Forward{T}"/> and <see cref="Backward{T}"/>
    /// over floats, so that one file is always enough.
    /// </summary>
    internal virtual PlanStep Lay(PlanSite site) => new ReferenceStep(this, site);

    /// <summary>Whether the output is the input's own memory as it lies in a plan, so that nothing is to be done.</summary>
    internal virtual bool KeepsMemory(Shape input, bool training) => false;

    /// <summary>Whether it is y = Wx + b over a vector, W [units, inputs] its first parameter and b, if there is one, its second.</summary>
    internal virtual bool IsAffineMap => false;

    /// <summary>Whether the layer can apply the element-wise rule of the next one as it stores its output.</summary>
    internal virtual bool FusesElementwise => false;

    /// <summary>The element-wise kernel of this layer, if it is nothing else; it may then be fused into the layer before.</summary>
    internal virtual ElementwiseKernel? Kernel => null;

    /// <inheritdoc/>
    public sealed override string ToString() => Notation;

    /// <summary>" name=value" where the value is not the one that is taken when nothing is said.</summary>
    private protected static string Option(string name, double value, double usual) =>
        value.Equals(usual) ? "" : string.Create(CultureInfo.InvariantCulture, $" {name}={value}");
}
