namespace Millrace.HashRing;

/// <content>Dates, times and decimals: values that ClickHouse keeps as scaled integers.</content>
public readonly partial record struct RingKey
{
    private static readonly int EpochDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Adds a Date: 1970-01-01 to 2149-06-06.</summary>
    /// <exception cref="OverflowException">The day is outside the type's range.</exception>
    public RingKey Date(DateOnly value) => UInt16(checked((ushort)(value.DayNumber - EpochDay)));

    /// <summary>Adds a Date32.</summary>
    public RingKey Date32(DateOnly value) => Int32(value.DayNumber - EpochDay);

    /// <summary>Adds a DateTime of any time zone: seconds, from 1970 to 2106-02-07 06:28:15 UTC. A part of a second is cut off.</summary>
    /// <exception cref="OverflowException">The moment is outside the type's range.</exception>
    public RingKey DateTime(DateTimeOffset value) => UInt32(checked((uint)value.ToUnixTimeSeconds()));

    /// <summary>Adds a DateTime64 of any time zone. What is finer than the precision is cut off towards the past.</summary>
    /// <param name="value">The moment; .NET knows it to 100 nanoseconds.</param>
    /// <param name="precision">Digits after the second: 0 to 9.</param>
    /// <exception cref="OverflowException">The moment does not fit the type at this precision.</exception>
    public RingKey DateTime64(DateTimeOffset value, int precision)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(precision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 9);
        const int ticksPrecision = 7;
        var ticks = value.UtcTicks - System.DateTime.UnixEpoch.Ticks;
        return precision <= ticksPrecision
            ? Int64(FloorDivide(ticks, PowerOfTen(ticksPrecision - precision)))
            : Int64(checked(ticks * PowerOfTen(precision - ticksPrecision)));
    }

    /// <summary>Adds a Decimal32(<paramref name="scale"/>). Digits beyond the scale are cut off, as in ClickHouse.</summary>
    /// <exception cref="OverflowException">The value does not fit the type.</exception>
    public RingKey Decimal32(decimal value, int scale) => Int32(checked((int)Scaled(value, scale)));

    /// <summary>Adds a Decimal64(<paramref name="scale"/>). Digits beyond the scale are cut off, as in ClickHouse.</summary>
    /// <exception cref="OverflowException">The value does not fit the type.</exception>
    public RingKey Decimal64(decimal value, int scale) => Int64(checked((long)Scaled(value, scale)));

    /// <summary>Adds a Decimal128(<paramref name="scale"/>). Digits beyond the scale are cut off, as in ClickHouse.</summary>
    /// <exception cref="OverflowException">The value does not fit the type.</exception>
    public RingKey Decimal128(decimal value, int scale) => Int128(Scaled(value, scale));

    private static Int128 Scaled(decimal value, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var digits = (Int128)new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        for (int has = value.Scale; has != scale; has += Math.Sign(scale - has))
            digits = has < scale ? checked(digits * 10) : digits / 10;
        return decimal.IsNegative(value) ? -digits : digits;
    }

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
