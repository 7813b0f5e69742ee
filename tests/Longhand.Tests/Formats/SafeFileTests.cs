using System.Text;
using Longhand.Formats;
using Xunit;

namespace Longhand.Tests.Formats;

public class SafeFileTests
{
    [Fact]
    public void A_file_is_written_and_replaced_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.bin");
        SafeFile.Write(path, stream => stream.Write([1, 2, 3]));
        SafeFile.Write(path, stream => stream.Write([4]));
        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void While_it_is_written_the_old_file_stands()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.bin");
        File.WriteAllBytes(path, [1]);
        SafeFile.Write(
            path,
            stream =>
            {
                stream.Write(new byte[100_000]);
                Assert.Equal([1], File.ReadAllBytes(path));
            }
        );
        Assert.Equal(100_000, new FileInfo(path).Length);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.bin");
        File.WriteAllBytes(path, [1]);
        Assert.Throws<InvalidOperationException>(() =>
            SafeFile.Write(
                path,
                stream =>
                {
                    stream.Write(new byte[100_000]);
                    throw new InvalidOperationException();
                }
            )
        );
        Assert.Equal(
            $"Cannot write {path}: the cable is loose.",
            Assert.Throws<LonghandException>(() => SafeFile.Write(path, _ => throw new IOException("the cable is loose."))).Message
        );
        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_name_of_the_greatest_length_is_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(new string('n', 255));
        SafeFile.Write(path, stream => stream.WriteByte(1));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
        Assert.Contains("its name is too long", WriteRefused(path + "n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_a_folder_and_no_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("file");
        File.WriteAllBytes(file, [1]);
        string missing = folder.File("none");
        Assert.Equal($"Cannot write {missing}/a: the folder {missing} does not exist.", WriteRefused(missing + "/a"));
        Assert.Equal($"Cannot write {file}/a: {file} is a file, not a folder.", WriteRefused(file + "/a"));
        Assert.Equal($"Cannot write {folder.Path}: this is a folder, not a file.", WriteRefused(folder.Path));
        Assert.Equal($"Cannot write {missing}/: this is the name of a folder, and there is none.", WriteRefused(missing + "/"));
        Assert.Equal("Cannot write \"\": this is not the name of a file.", WriteRefused(""));
        Assert.Equal("Cannot write \"a\\u0000b\": this is not the name of a file.", WriteRefused("a\0b"));
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_write_protected_file_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.bin");
        File.WriteAllBytes(path, [1]);
        File.SetAttributes(path, FileAttributes.ReadOnly);
        Assert.Equal($"Cannot write {path}: the file there is write-protected.", WriteRefused(path));
        Assert.Equal([1], File.ReadAllBytes(path));
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public void Links_and_permissions_stay()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("links need a privilege on Windows");
            return; // what the platform analyzer understands
        }
        using var folder = new TemporaryFolder();
        string real = folder.File("real");
        string link = folder.File("link");
        File.WriteAllBytes(real, [1]);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(real, mode);
        File.CreateSymbolicLink(link, real);
        SafeFile.Write(link, stream => stream.WriteByte(2));
        Assert.Equal(real, File.ResolveLinkTarget(link, true)!.FullName);
        Assert.Equal([2], File.ReadAllBytes(real));
        Assert.Equal(mode, File.GetUnixFileMode(real));
    }

    [Fact]
    public void Devices_are_written_to_and_never_replaced()
    {
        // The process's own name stands for a device: should the rule fail, nothing can be renamed over it, whoever runs the test.
        const string device = "/proc/self/comm";
        Assert.SkipUnless(File.Exists(device), "only Linux has files that cannot be replaced");
        using var folder = new TemporaryFolder();
        string link = folder.File("link");
        File.CreateSymbolicLink(link, device);
        string before = File.ReadAllText(device).Trim();
        SafeFile.Write(device, stream => stream.Write("directly"u8));
        Assert.Equal("directly", File.ReadAllText(device).Trim());
        SafeFile.Write(link, stream => stream.Write("by a link"u8));
        Assert.Equal("by a link", File.ReadAllText(device).Trim());
        SafeFile.Write(device, stream => stream.Write(Encoding.UTF8.GetBytes(before)));
        Assert.Equal(device, File.ResolveLinkTarget(link, returnFinalTarget: true)!.FullName);
    }

    [Fact]
    public void What_the_shell_opened_is_written_to_and_not_replaced()
    {
        // As in: longhand … --out /dev/stdout > file
        Assert.SkipUnless(OperatingSystem.IsLinux(), "open files have names on Linux");
        using var folder = new TemporaryFolder();
        string path = folder.File("redirected");
        using var open = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        SafeFile.Write($"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}", stream => stream.WriteByte(7));
        Assert.Equal(7, open.ReadByte());
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(28)]
    [InlineData(unchecked((int)0x80070070))]
    [InlineData(unchecked((int)0x80070027))]
    public void A_full_disk_is_said(int error)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.bin");
        LonghandException e = Assert.Throws<LonghandException>(() =>
            SafeFile.Write(path, _ => throw new IOException("as the system says it", error))
        );
        Assert.Equal($"Cannot write {path}: the disk is full.", e.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_nothing_may_be_put_into_is_named()
    {
        Assert.SkipUnless(Directory.Exists("/sys/kernel"), "only there even an administrator may not write");
        Assert.Contains("Cannot write /sys/kernel/a: ", WriteRefused("/sys/kernel/a"), StringComparison.Ordinal);
        Assert.Matches("permission denied|the disk is read-only", WriteRefused("/sys/kernel/a"));
    }

    [Fact]
    public void What_cannot_be_opened_is_said()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.File("none");
        Assert.Equal($"Cannot read the model {missing}: there is no such file.", ReadRefused(missing));
        Assert.Equal($"Cannot read the model {missing}/a: the folder {missing} does not exist.", ReadRefused(missing + "/a"));
        Assert.Equal($"Cannot read the model {folder.Path}: this is a folder, not a file.", ReadRefused(folder.Path));
        Assert.Equal("Cannot read the model \" \": this is not the name of a file.", ReadRefused(" "));
        File.WriteAllBytes(missing, [7]);
        using FileStream stream = SafeFile.OpenRead(missing, "the model");
        Assert.Equal(7, stream.ReadByte());
    }

    private static string WriteRefused(string path) =>
        Assert.Throws<LonghandException>(() => SafeFile.Write(path, stream => stream.Write(new byte[10]))).Message;

    private static string ReadRefused(string path) => Assert.Throws<LonghandException>(() => SafeFile.OpenRead(path, "the model")).Message;
}
