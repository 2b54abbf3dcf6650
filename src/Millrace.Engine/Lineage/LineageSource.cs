namespace Millrace.Engine.Lineage;

/// <summary>What a graph is made of.</summary>
public enum LineageSource
{
    /// <summary>The project, whether it is applied or not.</summary>
    Declared,

    /// <summary>What the nodes hold, with what is measured on them.</summary>
    Fleet,

    /// <summary>What the nodes hold once the project is applied, with what is measured on them now.</summary>
    Both,
}
