using System.Reflection;
using System.Text;

namespace Longhand.Tests.Project;

/// <summary>The library's public face, written down: a change to it is seen before anyone meets it.</summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_api_is_the_one_written_down()
    {
        var text = new StringBuilder();
        foreach (Type type in typeof(Network).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            IEnumerable<string> members = type.GetMembers(
                    BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
                )
                .Where(m => m is not MethodInfo { IsSpecialName: true } and not Type)
                .Where(m => !(m.Name is "Equals" or "GetHashCode" or "ToString" or "<Clone>$" or "Deconstruct"))
                .Select(m => $"    {m}")
                .Order(StringComparer.Ordinal);
            foreach (string member in members)
                text.Append(member).Append('\n');
        }
        Golden.Check("public-api", text.ToString());
    }
}
