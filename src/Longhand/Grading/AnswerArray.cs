namespace Longhand.Grading;

/// <summary>What the numbers of an array are.</summary>
internal enum AnswerArrayKind
{
    /// <summary>The outputs of a layer; <see cref="AnswerArray.Number"/> is that of the value.</summary>
    Value,

    /// <summary>The loss.</summary>
    Loss,

    /// <summary>The penalty on the weights.</summary>
    Penalty,

    /// <summary>∂L/∂value; value 0 is the input.</summary>
    ValueGradient,

    /// <summary>∂L/∂parameter.</summary>
    ParameterGradient,

    /// <summary>A parameter after an update.</summary>
    Parameter,
}

/// <summary>Which array of a working an answer belongs to.</summary>
/// <param name="Kind">What its numbers are.</param>
/// <param name="Number">The number of the value or of the parameter; 0 for the others.</param>
/// <param name="Update">The update that it belongs to, from 1.</param>
internal readonly record struct AnswerArray(AnswerArrayKind Kind, int Number, int Update = 1)
{
    /// <summary>Whether a change of the loss by a factor changes its numbers by the same.</summary>
    public bool ScalesWithLoss => Kind is AnswerArrayKind.Loss or AnswerArrayKind.ValueGradient or AnswerArrayKind.ParameterGradient;
}
