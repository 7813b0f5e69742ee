using System.Globalization;

namespace Longhand.Working;

/// <summary>How a worked solution looks on a web page: by day and by night, on paper, on a telephone.</summary>
internal static class HtmlStyle
{
    /// <summary>What only a page of its own needs.</summary>
    public const string OfPage = """
        html { color-scheme: light dark; background: light-dark(#fdfcf9, #15171a); -webkit-text-size-adjust: 100%; }
        body { margin: 0; }
        main { max-width: 47rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
        @media (min-width: 60rem) { html { font-size: 112.5%; } main { padding-top: 4rem; } }
        @media print { html { background: none; font-size: 10pt; } main { max-width: none; padding: 0; } @page { size: A4; margin: 2cm; } }

        """;

    /// <summary>What every page needs on which a solution stands; it touches nothing else there.</summary>
    public static string Text { get; } = Rules + string.Join("", Enumerable.Range(1, 12).Select(n => Fitting(4 * n)));

    private const string Rules = """
        .longhand {
          --ink: light-dark(#1d1f23, #dcdcd6); --soft: light-dark(#676b73, #989da6); --hair: light-dark(#dedbd2, #33373d);
          --link: light-dark(#1f4f96, #9cc0f2); --mark: light-dark(#fff1c2, #3b3417); --cell: light-dark(#f5f3ec, #1d2024);
          color: var(--ink); line-height: 1.55; font-variant-numeric: lining-nums;
          font-family: "STIX Two Text", "Libertinus Serif", "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Cambria, Georgia, serif;
        }
        .longhand math { text-indent: 0; font-family: "STIX Two Math", "Libertinus Math", "Latin Modern Math", "Cambria Math", "Noto Sans Math", math; }
        .longhand h1 { font-size: 1.75rem; font-weight: 600; line-height: 1.2; margin: 0 0 1.25rem; letter-spacing: -0.01em; }
        .longhand h2 { font-size: 1.25rem; font-weight: 600; margin: 3rem 0 1rem; padding-top: .6rem; border-top: 1px solid var(--hair); scroll-margin-top: 1rem; }
        .longhand h3 { font-size: 1rem; font-weight: 600; margin: 1.75rem 0 .4rem; break-after: avoid; }
        .longhand h2 { break-after: avoid; }
        .longhand h2 + .block h3 { margin-top: 0; }
        .longhand h3 small { font-size: .875em; font-weight: 400; color: var(--soft); margin-inline-start: .5em; }
        .longhand code { font: .875em ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        .longhand dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.25rem; margin: 0; font-size: .9375rem; }
        .longhand dt { color: var(--soft); }
        .longhand dd { margin: 0; text-wrap: pretty; overflow-wrap: anywhere; }
        .longhand nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1.5rem 0 0; font-size: .9375rem; }
        .longhand a { color: var(--link); text-decoration: none; }
        .longhand a:hover, .longhand a:focus-visible { text-decoration: underline; text-underline-offset: .2em; }
        .longhand p { margin: .4rem 0; }
        .longhand .note, .longhand .asked { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
        .longhand .asked { margin-top: 1rem; }
        .longhand .asked + .asked { margin-top: 0; }
        .longhand .given math { margin-inline-end: 1.25rem; }
        .longhand .given, .longhand .lines { overflow-x: auto; overflow-y: hidden; padding-block: .15rem; }
        .longhand .block { container-type: inline-size; }
        .longhand .lines { display: grid; grid-template-columns: max-content minmax(0, 1fr); row-gap: .4rem; margin: .4rem 0 .8rem; }
        .longhand .line { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: baseline; row-gap: .2rem; break-inside: avoid; scroll-margin: 30vh; border-radius: .25rem; }
        .longhand .line:target { background: var(--mark); box-shadow: 0 0 0 .3rem var(--mark); }
        .longhand .name { text-align: end; }
        .longhand .part { grid-column: 2; padding-inline-start: 2.1em; text-indent: -2.1em; }
        .longhand .part math:has(mfrac) { margin-block: .2em; }
        .longhand .line > .note { grid-column: 2 / -1; padding-inline-start: 1.9em; }
        .longhand .numbers mtd { text-align: end; text-align: -webkit-right; padding-inline: .3em; }
        .longhand .planes { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.5rem; margin: .5rem 0 .8rem; break-inside: avoid; }
        .longhand .times { color: var(--soft); padding-top: 1.3rem; }
        .longhand figure { margin: 0; max-width: 100%; overflow-x: auto; }
        .longhand figcaption { color: var(--soft); font-size: .8125rem; margin-bottom: .2rem; }
        .longhand table { border-collapse: collapse; font-variant-numeric: lining-nums tabular-nums; font-size: .9375rem; }
        .longhand td { border: 1px solid var(--hair); background: var(--cell); padding: .1rem .5rem; text-align: end; white-space: nowrap; }
        .longhand td.nothing { color: var(--soft); text-align: center; }
        .longhand td.wins { background: var(--mark); font-weight: 600; }
        @media print {
          .longhand { --ink: #000; --soft: #444; --hair: #bbb; --link: #000; --mark: #eee; --cell: #fff; line-height: 1.4; }
          .longhand nav { display: none; }
          .longhand .given, .longhand .lines, .longhand figure { overflow: visible; }
          .longhand h2 { margin-top: 1.5rem; }
        }

        """;

    // Lines that are so wide stand side by side, sign under sign, as soon as there is room for them.
    private static string Fitting(int width) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"@container (min-width: {width}em) {{ .longhand .fit{width} {{ grid-template-columns: repeat(3, max-content) minmax(0, 1fr); }} "
                + $".longhand .fit{width} .part {{ grid-column: auto; padding: 0; text-indent: 0; white-space: nowrap; }} "
                + $".longhand .fit{width} .part + .part {{ padding-inline-start: .4em; }} .longhand .fit{width} .last {{ grid-column-end: -1; }} }}\n"
        );
}
