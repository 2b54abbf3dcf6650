using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>Refuses to start a cluster that would fill the disk at once.</summary>
internal static class DiskSpace
{
    private const long NeededBytes = 300L << 20;

    /// <exception cref="UserErrorException">The disk of <paramref name="folder"/> is (nearly) full.</exception>
    public static void Require(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < NeededBytes)
            throw new UserErrorException(
                $"the disk that holds {folder} is full: {free >> 20} MB are free, a cluster needs {NeededBytes >> 20} MB to start. "
                + "Free some space, or name a folder on another disk with --dir.");
    }
}
