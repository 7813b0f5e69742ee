using Longhand.Working;

namespace Longhand.Grading;

/// <summary>What a student wrote for one number of the working.</summary>
/// <param name="Key">Where the number is found: <c>dense1.output[0]</c>; as <see cref="AnswerKeys"/> writes it.</param>
/// <param name="Number">What was written.</param>
public sealed record Answer(string Key, WrittenNumber Number);

/// <summary>What an answer is worth.</summary>
public enum AnswerVerdict
{
    /// <summary>It is the value, as precisely as it was written.</summary>
    Right,

    /// <summary>It is not, and does not follow from what the student wrote before.</summary>
    Wrong,

    /// <summary>It is not the value, but what comes out when the student's own earlier, wrong answers are gone on with.</summary>
    Follows,
}

/// <summary>An answer with its verdict.</summary>
public sealed record GradedAnswer
{
    /// <summary>Where the number is found.</summary>
    public required string Key { get; init; }

    /// <summary>What it is called on paper: z¹₁.</summary>
    public required string Name { get; init; }

    /// <summary>The part of the working in which it stands.</summary>
    public required WorkingSection Section { get; init; }

    /// <summary>What was written.</summary>
    public required WrittenNumber Written { get; init; }

    /// <summary>What it is worth.</summary>
    public required AnswerVerdict Verdict { get; init; }

    /// <summary>The value, in double precision.</summary>
    public required double Expected { get; init; }

    /// <summary>How far from <see cref="Expected"/> this answer could be and still be right.</summary>
    public required double Tolerance { get; init; }

    /// <summary>What comes out of the student's own earlier answers; the same as <see cref="Expected"/> where those are right and exact.</summary>
    public required double FromOwn { get; init; }

    /// <summary>What may have happened, for a wrong answer: a sentence with the number that would result; null where nothing known fits.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>The name of the slip that <see cref="Diagnosis"/> tells of; null where there is none.</summary>
    public string? Slip { get; init; }

    /// <summary>The number that this slip gives; null where there is none.</summary>
    public double? SlipValue { get; init; }
}

/// <summary>Answers marked line by line, in the order of the working.</summary>
/// <param name="Answers">The answers.</param>
public sealed record GradedWork(IReadOnlyList<GradedAnswer> Answers)
{
    /// <summary>The first wrong one; null where there is none.</summary>
    public GradedAnswer? FirstError => Answers.FirstOrDefault(a => a.Verdict == AnswerVerdict.Wrong);

    /// <summary>How many have this verdict.</summary>
    public int Count(AnswerVerdict verdict) => Answers.Count(a => a.Verdict == verdict);
}
