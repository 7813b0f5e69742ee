using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Longhand.Tests;

public class BooleanExpressionTests
{
    private static string Table(string text) => string.Concat(BooleanExpression.Parse(text).Table().Select(v => v ? '1' : '0'));

    private static string Problem(string text) => Assert.Throws<LonghandException>(() => BooleanExpression.Parse(text)).Message;

    // The sixteen functions of two variables; rows 00, 01, 10, 11.
    [Theory]
    [InlineData("0 and A and B", "0000")]
    [InlineData("A and B", "0001")]
    [InlineData("A and not B", "0010")]
    [InlineData("A and (B or not B)", "0011")]
    [InlineData("not A and B", "0100")]
    [InlineData("B and (A or not A)", "0101")]
    [InlineData("A xor B", "0110")]
    [InlineData("A or B", "0111")]
    [InlineData("A nor B", "1000")]
    [InlineData("A xnor B", "1001")]
    [InlineData("not B and (A or not A)", "1010")]
    [InlineData("B implies A", "1011")]
    [InlineData("not A and (B or not B)", "1100")]
    [InlineData("A implies B", "1101")]
    [InlineData("A nand B", "1110")]
    [InlineData("true or A or B", "1111")]
    public void All_functions_of_two_variables(string text, string table) => Assert.Equal(table, Table(text));

    [Theory]
    [InlineData("A & B", "A and B")]
    [InlineData("A && B", "A and B")]
    [InlineData("A ∧ B", "A and B")]
    [InlineData("A | B", "A or B")]
    [InlineData("A||B", "A or B")]
    [InlineData("A ∨ B", "A or B")]
    [InlineData("A ^ B", "A xor B")]
    [InlineData("A ⊕ B", "A xor B")]
    [InlineData("A->B", "A implies B")]
    [InlineData("A → B", "A implies B")]
    [InlineData("A<->B", "A iff B")]
    [InlineData("A ↔ B", "A xnor B")]
    [InlineData("!A & ~B | ¬A & ¬¬B", "not A and not B or not A and B")]
    [InlineData("A AND Not B", "A and not B")]
    [InlineData("A and TRUE or False and B", "A and 1 or 0 and B")]
    public void Symbols_stand_for_words(string symbols, string words) => Assert.Equal(Table(words), Table(symbols));

    [Theory]
    [InlineData("A or B and C", "A or (B and C)")]
    [InlineData("A xor B and C", "A xor (B and C)")]
    [InlineData("A or B xor C", "A or (B xor C)")]
    [InlineData("not A and B or C", "((not A) and B) or C")]
    [InlineData("A -> B -> C", "A -> (B -> C)")]
    [InlineData("A or B -> C and A", "(A or B) -> (C and A)")]
    [InlineData("A <-> B -> C", "A <-> (B -> C)")]
    [InlineData("A nand B or C", "(A nand B) or C")]
    [InlineData("A <-> B <-> C", "(A <-> B) <-> C")]
    [InlineData("not parity(A, B) and C", "(not parity(A, B)) and C")]
    public void Operators_bind_as_documented(string text, string grouped) => Assert.Equal(Table(grouped), Table(text));

    [Fact]
    public void Grouping_makes_a_difference_where_it_is_tested()
    {
        Assert.NotEqual(Table("(A or B) and C"), Table("A or B and C"));
        Assert.NotEqual(Table("(A -> B) -> C"), Table("A -> B -> C"));
        Assert.NotEqual(Table("not (A and B)"), Table("not A and B"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Parity_counts_the_true_ones(int variables)
    {
        string text = $"parity({string.Join(", ", Enumerable.Range(1, variables).Select(i => $"x{i}"))})";
        BooleanExpression parity = BooleanExpression.Parse(text);
        Assert.Equal(Enumerable.Range(1, variables).Select(i => $"x{i}"), parity.Variables);
        IReadOnlyList<bool> table = parity.Table();
        Assert.Equal(1 << variables, table.Count);
        for (int row = 0; row < table.Count; row++)
            Assert.Equal(int.PopCount(row) % 2 == 1, table[row]);
    }

    [Fact]
    public void A_row_evaluates_as_the_table_says() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    var random = new Random(seed);
                    (string text, Func<bool[], bool> meaning) = Draw(random, 5);
                    BooleanExpression parsed = BooleanExpression.Parse(text);
                    for (int row = 0; row < 16; row++)
                    {
                        bool[] all = [.. Enumerable.Range(0, 4).Select(v => BooleanExpression.ValueIn(row, v, 4))];
                        bool[] used = [.. parsed.Variables.Select(name => all[name[0] - 'a'])];
                        if (parsed.Evaluate(used) != meaning(all))
                            return false;
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();

    // A random expression of a, b, c, d with all its parentheses, and what it means in C#.
    private static (string Text, Func<bool[], bool> Meaning) Draw(Random random, int depth)
    {
        int variable = random.Next(4);
        if (depth == 0 || random.Next(6) == 0)
            return (((char)('a' + variable)).ToString(), v => v[variable]);
        (string l, Func<bool[], bool> left) = Draw(random, depth - 1);
        (string r, Func<bool[], bool> right) = Draw(random, depth - 1);
        return random.Next(9) switch
        {
            0 => ($"({l} and {r})", v => left(v) && right(v)),
            1 => ($"({l} or {r})", v => left(v) || right(v)),
            2 => ($"({l} xor {r})", v => left(v) ^ right(v)),
            3 => ($"({l} nand {r})", v => !(left(v) && right(v))),
            4 => ($"({l} nor {r})", v => !(left(v) || right(v))),
            5 => ($"({l} xnor {r})", v => left(v) == right(v)),
            6 => ($"({l} -> {r})", v => !left(v) || right(v)),
            7 => ($"({l} <-> {r})", v => left(v) == right(v)),
            _ => ($"not {l}", v => !left(v)),
        };
    }

    [Theory]
    [InlineData(
        "A xro B",
        "Boolean expression \"A xro B\", column 3: here one of iff, implies, or, nor, xor, xnor, and, nand is expected, but found \"xro\". Did you mean \"xor\"?"
    )]
    [InlineData("A xor", "column 6: here a variable, 0, 1, not or \"(\" is expected, but found the end.")]
    [InlineData("and B", "column 1: here a variable, 0, 1, not or \"(\" is expected, but found \"and\".")]
    [InlineData("(A or B", "column 1: this parenthesis is never closed.")]
    [InlineData("A or B)", "column 7: this parenthesis closes nothing.")]
    [InlineData("A + B", "column 3: here one of iff, implies, or, nor, xor, xnor, and, nand is expected, but found \"+\". Write or")]
    [InlineData("A * B", "found \"*\". Write and.")]
    [InlineData("A = B", "found \"=\". Write <-> or xnor")]
    [InlineData("A or 2", "column 6: \"2\" is no truth value; the numbers of a Boolean expression are 0 and 1.")]
    [InlineData("A or a", "column 6: \"a\" differs from \"A\" in column 1 in nothing but case; write both alike.")]
    [InlineData("partiy(A, B)", "column 1: there is no function \"partiy\"; the one there is is parity(A, B, …). Did you mean \"parity\"?")]
    [InlineData("parity A", "column 8: behind \"parity\" \"(\" is expected")]
    [InlineData("parity()", "column 8: here a variable")]
    [InlineData("A nand B nand C", "column 10: a nand b nand c can be read in two ways; put parentheses.")]
    [InlineData("A or B nor C", "column 8: a or b nor c can be read in two ways; put parentheses.")]
    [InlineData("A § B", "found \"§\".")]
    [InlineData("", "there is nothing to read.")]
    [InlineData("   ", "there is nothing to read.")]
    public void Errors_say_where_and_what(string text, string expected) => Assert.Contains(expected, Problem(text));

    [Fact]
    public void Sizes_are_bounded()
    {
        Assert.Contains(
            "11 variables are too many; 10 is the limit.",
            Problem(string.Join(" or ", Enumerable.Range(0, 11).Select(i => $"x{i}")))
        );
        Assert.Contains("nested more than 200 levels deep", Problem(new string('(', 5000) + "A"));
        Assert.Contains("nested more than 200 levels deep", Problem(new string('!', 9000) + "A"));
        Assert.Contains("nested more than 200 levels deep", Problem(string.Concat(Enumerable.Repeat("A->", 3000)) + "A"));
        Assert.Contains("more than 1000 operations", Problem(string.Concat(Enumerable.Repeat("A|", 4000)) + "A"));
        Assert.Contains("10001 characters are too many", Problem(new string('A', 10_001)));
        Assert.Equal("01", Table(new string('(', 199) + "A" + new string(')', 199)));
    }

    [Fact]
    public void Values_must_be_as_many_as_variables() =>
        Assert.Equal(
            "The expression has 2 variables (A, B), but 1 values were given.",
            Assert.Throws<LonghandException>(() => BooleanExpression.Parse("A or B").Evaluate([true])).Message
        );
}
