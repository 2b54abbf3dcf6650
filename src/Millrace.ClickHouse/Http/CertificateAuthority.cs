using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Millrace.Engine;

namespace Millrace.ClickHouse.Http;

/// <summary>Trust in the fleet's own certificate authority instead of the system's.</summary>
internal static class CertificateAuthority
{
    /// <exception cref="UserErrorException">The file cannot be read or holds no certificate.</exception>
    public static X509ChainPolicy PolicyFrom(string pemFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // Private authorities rarely publish revocation lists; asking for one would only add a timeout.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(pemFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserErrorException($"connect.ca: cannot read certificates from '{pemFile}': {error.Message}");
        }

        if (policy.CustomTrustStore.Count == 0)
            throw new UserErrorException($"connect.ca: '{pemFile}' holds no PEM certificate (-----BEGIN CERTIFICATE-----)");
        return policy;
    }
}
