using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Engine.Specs.Files;

/// <summary>What a file of <c>pipelines/</c> declares: a pipeline, and one more for each sink under <c>also</c>.</summary>
internal sealed record PipelineFile(ImmutableArray<Pipeline> Pipelines);
