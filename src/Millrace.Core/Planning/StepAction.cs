namespace Millrace.Core.Planning;

/// <summary>What a step does to its object.</summary>
public enum StepAction
{
    Create,

    /// <summary>ALTER in place: columns, settings, TTL, comment.</summary>
    Alter,

    /// <summary>Another SELECT for a view that stays the same object.</summary>
    ModifyQuery,

    /// <summary>CREATE OR REPLACE of an object that holds no rows.</summary>
    Replace,

    /// <summary>A leg stops, its Kafka table and views are made anew, it goes on where the consumer group stands.</summary>
    Recreate,

    Drop,
}
