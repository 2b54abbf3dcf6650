using Millrace.Core.Backfill;
using Xunit;

namespace Millrace.UnitTests.Core.Backfill;

public sealed class BucketsTests
{
    [Fact]
    public void Equal_answers_do_not_differ() =>
        Assert.Empty(Buckets.Differences("[\"0\",\"5\"]\n[\"1\",\"7\"]\n", "[\"1\",\"7\"]\n[\"0\",\"5\"]\n"));

    [Fact]
    public void Another_value_differs_though_the_sum_is_the_same() =>
        Assert.Equal(2, Buckets.Differences("[\"0\",\"5\"]\n[\"1\",\"7\"]\n", "[\"0\",\"6\"]\n[\"1\",\"6\"]\n").Count);

    [Fact]
    public void A_bucket_that_one_side_lacks_differs() =>
        Assert.Equal(["bucket 1 is only in the source"], Buckets.Differences("[\"0\",\"5\"]\n[\"1\",\"7\"]\n", "[\"0\",\"5\"]\n"));

    [Fact]
    public void Sums_of_numbers_with_a_point_may_differ_by_the_order_of_adding() =>
        Assert.Empty(Buckets.Differences("[\"0\",\"0.30000000000000004\"]", "[\"0\",\"0.3\"]"));

    [Fact]
    public void Whole_numbers_may_not() =>
        Assert.Single(Buckets.Differences("[\"0\",\"10000000000000001\"]", "[\"0\",\"10000000000000000\"]"));
}
