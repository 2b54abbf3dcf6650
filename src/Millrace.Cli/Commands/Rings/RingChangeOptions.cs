using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Millrace.Cli.Output;
using Millrace.Core.Rings;
using Millrace.Engine;
using Millrace.HashRing;

namespace Millrace.Cli.Commands.Rings;

/// <summary>The options that say how a ring shall change; the same for <c>ring plan</c> and <c>ring apply</c>.</summary>
internal sealed class RingChangeOptions
{
    private readonly Option<int[]> add = new("--add-shard") { Description = "A shard that shall hold layers; repeatable", HelpName = "N" };
    private readonly Option<int[]> remove = new("--remove-shard") { Description = "A shard that shall hold none any more; repeatable", HelpName = "N" };
    private readonly Option<string[]> weight = new("--weight") { Description = "A shard's share relative to the others; 0 empties it; repeatable", HelpName = "SHARD=W" };
    private readonly Option<string[]> move = new("--move") { Description = "A layer that shall be on another shard, such as `ring simulate` proposes; repeatable", HelpName = "LAYER=SHARD" };

    private Option[] All => [add, remove, weight, move];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
    }

    public RingChange Read(ParseResult arguments) => new()
    {
        Add = [.. arguments.GetValue(add) ?? []],
        Remove = [.. arguments.GetValue(remove) ?? []],
        Weights = [.. Pairs(arguments, weight).Select(pair => new ShardWeight(pair.Left, pair.Right))],
        Moves = Pairs(arguments, move),
    };

    /// <summary>The options as they were given, for the next command.</summary>
    public string Words(ParseResult arguments) => string.Concat(
        from option in All
        let given = arguments.GetResult(option)
        where given is { Implicit: false }
        from value in given.Tokens
        select $" {option.Name} {CommandWord.Of(value.Value)}");

    private static ImmutableArray<(int Left, int Right)> Pairs(ParseResult arguments, Option<string[]> option)
    {
        var pairs = ImmutableArray.CreateBuilder<(int, int)>();
        foreach (var text in arguments.GetValue(option) ?? [])
        {
            var parts = text.Split('=');
            if (parts.Length != 2 || !IsNumber(parts[0], out var left) || !IsNumber(parts[1], out var right))
                throw new UserErrorException($"{option.Name} `{text}`: write two numbers, such as {option.Name} 3=2");
            pairs.Add((left, right));
        }

        return pairs.ToImmutable();
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
