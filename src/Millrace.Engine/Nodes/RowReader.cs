using System.Text.Json;

namespace Millrace.Engine.Nodes;

/// <summary>
/// Reads <c>FORMAT JSONCompactEachRow</c> value by value, in the order of the query's columns. No tree is built:
/// observing a large fleet is mostly this.
/// </summary>
public ref struct RowReader(ReadOnlySpan<byte> rows)
{
    private Utf8JsonReader _json = new(rows, new JsonReaderOptions { AllowMultipleValues = true });

    /// <summary>Moves into the next row; false when there is none.</summary>
    public bool NextRow()
    {
        while (_json.Read())
            if (_json.TokenType == JsonTokenType.StartArray && _json.CurrentDepth == 0)
                return true;
        return false;
    }

    /// <summary>Moves into a nested array or tuple; read its values, then call <see cref="NextItem"/> until it is false.</summary>
    public void OpenArray() => Expect(JsonTokenType.StartArray);

    /// <summary>True when the open array of arrays has one more array, which is entered.</summary>
    public bool NextItem()
    {
        Read();
        return _json.TokenType == JsonTokenType.StartArray;
    }

    /// <summary>Leaves an array whose values have all been read.</summary>
    public void CloseArray() => Expect(JsonTokenType.EndArray);

    /// <summary>A string; NULL reads as empty.</summary>
    public string Text()
    {
        Read();
        return _json.GetString() ?? "";
    }

    /// <summary>A string of which there are many equal ones.</summary>
    public string Text(TextPool pool)
    {
        Read();
        return _json.ValueIsEscaped || _json.TokenType == JsonTokenType.Null ? _json.GetString() ?? "" : pool.Get(_json.ValueSpan);
    }

    /// <summary>An array of strings.</summary>
    public List<string> Texts()
    {
        OpenArray();
        var texts = new List<string>();
        for (Read(); _json.TokenType != JsonTokenType.EndArray; Read())
            texts.Add(_json.GetString() ?? "");
        return texts;
    }

    /// <summary>The bytes of a string that needs no unescaping, such as a hexadecimal number.</summary>
    public ReadOnlySpan<byte> RawText()
    {
        Read();
        return _json.ValueSpan;
    }

    /// <summary>A whole number, quoted (as older servers do with 64 bits) or not; NULL reads as 0.</summary>
    public long Integer()
    {
        Read();
        return _json.TokenType switch
        {
            JsonTokenType.Null => 0,
            JsonTokenType.String => long.Parse(_json.ValueSpan),
            _ => _json.GetInt64(),
        };
    }

    public bool Flag() => Integer() != 0;

    /// <summary>A value of type Bool.</summary>
    public bool Boolean()
    {
        Read();
        return _json.GetBoolean();
    }

    /// <summary>Seconds since 1970, as <c>toUnixTimestamp</c> gives them; null for 0.</summary>
    public DateTimeOffset? Time() => Integer() is var seconds and > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private void Expect(JsonTokenType token)
    {
        Read();
        if (_json.TokenType != token)
            throw new JsonException($"expected {token}, found {_json.TokenType} at byte {_json.TokenStartIndex}");
    }

    private void Read()
    {
        if (!_json.Read())
            throw new JsonException("the answer ends within a row");
    }
}
