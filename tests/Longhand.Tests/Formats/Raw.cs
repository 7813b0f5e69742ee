using System.Text;

namespace Longhand.Tests.Formats;

/// <summary>Safetensors files put together by hand, sound or not.</summary>
internal static class Raw
{
    public static byte[] File(string header, params byte[] data) => File(Encoding.UTF8.GetBytes(header), data);

    public static byte[] File(byte[] header, byte[] data) => [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. data];
}
