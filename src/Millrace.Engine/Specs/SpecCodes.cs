namespace Millrace.Engine.Specs;

/// <summary>Codes of what can be wrong with a file as such, before its meaning is looked at.</summary>
internal static class SpecCodes
{
    public const string Unreadable = "MR001";
    public const string TooLarge = "MR002";
    public const string NotUtf8 = "MR003";
    public const string NotYaml = "MR004";
    public const string YamlFeature = "MR005";
    public const string DuplicateKey = "MR006";
    public const string TooMany = "MR007";
    public const string UnknownKey = "MR010";
    public const string MissingKey = "MR011";
    public const string WrongType = "MR012";
    public const string BadValue = "MR013";
    public const string OneOf = "MR014";
    public const string UnresolvedReference = "MR020";
    public const string BadReference = "MR021";
    public const string NoCertificate = "MR022";
    public const string BadRingLock = "MR502";
    public const string SqlWithoutRole = "MR030";
    public const string SqlWithoutEnd = "MR031";
    public const string SqlReference = "MR032";
    public const string DuplicatePipeline = "MR109";
    public const string DuplicateRollup = "MR175";
}
