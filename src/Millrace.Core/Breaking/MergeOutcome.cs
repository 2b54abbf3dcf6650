namespace Millrace.Core.Breaking;

/// <summary>What merges, or partitions, do with the same rows now and did not before.</summary>
public enum MergeOutcome
{
    /// <summary>Rows with an equal sorting key stay apart, in several partitions.</summary>
    KeysApart,

    /// <summary>A newer row with the key of a stored one no longer replaces it: the key has more to it.</summary>
    NewKeyApart,

    /// <summary>A block of rows has too many partitions, and is refused.</summary>
    ManyPartitions,

    /// <summary>The same rows give one value when they come in one insert, and another when they come in two.</summary>
    OtherValue,

    /// <summary>A value that every row has by itself is summed.</summary>
    SummedConstant,

    /// <summary>A row without a value overwrites the value that was known.</summary>
    Overwrites,

    /// <summary>Merges delete whole rows.</summary>
    RowsVanish,

    /// <summary>A block that is equal to an earlier one is dropped.</summary>
    RepeatsDropped,

    /// <summary>A block that is sent again is kept twice.</summary>
    RepeatsKept,

    /// <summary>Inserts are refused until merges have caught up.</summary>
    InsertsRefused,
}
