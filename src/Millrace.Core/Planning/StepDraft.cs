using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>What the planners of single objects work out, before nodes, owner and place are filled in.</summary>
internal sealed record StepDraft(
    StepAction Action,
    Phase Phase,
    Risk Risk,
    string Reason,
    ImmutableArray<string> Statements,
    ImmutableArray<Expectation> Before,
    ImmutableArray<Expectation> Expect,
    bool OneNodeAtATime = false);
