using DiaChiSo.Core.Requests;
using Xunit;

namespace DiaChiSo.Tests.Requests;

/// <summary>What may follow what in the life of a request (domain.md §2).</summary>
public sealed class LifecycleOfRequests
{
    private static Request Of(RequestStatus status) => new() { Number = "YC26-000001", Language = "vi", Commune = "03217", BodySealed = "{}", Status = status };

    [Fact]
    public void A_draft_that_is_sent_waits_for_a_reviewer()
    {
        var request = Of(RequestStatus.Draft);
        new RequestLifecycle(request).Take(RequestStep.Send);
        Assert.Equal(RequestStatus.Sent, request.Status);
    }

    [Fact]
    public void Nobody_decides_what_nobody_has_in_hand()
    {
        var life = new RequestLifecycle(Of(RequestStatus.Sent));
        Assert.False(life.Permits(RequestStep.Approve));
        Assert.Throws<InvalidOperationException>(() => life.Take(RequestStep.Approve));
    }

    [Fact]
    public void It_is_withdrawn_only_while_nobody_has_it_in_hand()
    {
        Assert.True(new RequestLifecycle(Of(RequestStatus.Sent)).Permits(RequestStep.Withdraw));
        Assert.True(new RequestLifecycle(Of(RequestStatus.MoreWanted)).Permits(RequestStep.Withdraw));
        Assert.False(new RequestLifecycle(Of(RequestStatus.BeingVerified)).Permits(RequestStep.Withdraw));
    }

    [Fact]
    public void An_answer_to_more_wanted_goes_to_the_end_of_the_queue()
    {
        var request = Of(RequestStatus.MoreWanted);
        new RequestLifecycle(request).Take(RequestStep.Send);
        Assert.Equal(RequestStatus.Sent, request.Status);
    }

    [Theory]
    [InlineData(RequestStep.Approve, RequestStatus.Approved)]
    [InlineData(RequestStep.Reject, RequestStatus.Rejected)]
    [InlineData(RequestStep.MarkDuplicate, RequestStatus.Duplicate)]
    [InlineData(RequestStep.AskForMore, RequestStatus.MoreWanted)]
    [InlineData(RequestStep.Release, RequestStatus.Sent)]
    public void What_is_in_hand_is_decided_or_put_back(RequestStep step, RequestStatus status)
    {
        var request = Of(RequestStatus.BeingVerified);
        new RequestLifecycle(request).Take(step);
        Assert.Equal(status, request.Status);
    }

    [Theory]
    [InlineData(RequestStatus.Approved)]
    [InlineData(RequestStatus.Rejected)]
    [InlineData(RequestStatus.Duplicate)]
    public void What_is_answered_stays_so_but_for_taking_it_back(RequestStatus status)
    {
        var life = new RequestLifecycle(Of(status));
        Assert.Equal([RequestStep.TakeBack], Enum.GetValues<RequestStep>().Where(life.Permits));
        Assert.False(RequestLifecycle.IsOpen(status));
    }

    [Fact]
    public void What_is_withdrawn_stays_so()
    {
        var life = new RequestLifecycle(Of(RequestStatus.Withdrawn));
        Assert.DoesNotContain(Enum.GetValues<RequestStep>(), life.Permits);
        Assert.False(RequestLifecycle.IsOpen(RequestStatus.Withdrawn));
    }

    [Theory]
    [InlineData(RequestStep.HandedOver)]
    [InlineData(RequestStep.Approve)]
    public void What_waits_for_its_code_gets_it_from_a_hand_over_or_from_a_reviewer(RequestStep step)
    {
        var request = Of(RequestStatus.BeingVerified);
        new RequestLifecycle(request).Take(RequestStep.ApproveWithoutCode);
        Assert.True(RequestLifecycle.IsOpen(request.Status));
        new RequestLifecycle(request).Take(step);
        Assert.Equal(RequestStatus.Approved, request.Status);
    }

    [Fact]
    public void The_whole_machine_is_this() => Assert.Equal(
        """
        stateDiagram-v2
        	Draft --> Sent : Send
        	Sent --> Withdrawn : Withdraw
        	Sent --> Withdrawn : StopProcessing
        	Sent --> BeingVerified : Claim
        	Sent --> Approved : HandedOver
        	BeingVerified --> BeingVerified : Claim
        	BeingVerified --> Withdrawn : StopProcessing
        	BeingVerified --> Sent : Release
        	BeingVerified --> MoreWanted : AskForMore
        	BeingVerified --> Approved : Approve
        	BeingVerified --> WaitingForCode : ApproveWithoutCode
        	BeingVerified --> Rejected : Reject
        	BeingVerified --> Duplicate : MarkDuplicate
        	BeingVerified --> Approved : HandedOver
        	MoreWanted --> Sent : Send
        	MoreWanted --> Withdrawn : Withdraw
        	MoreWanted --> Withdrawn : StopProcessing
        	MoreWanted --> BeingVerified : TakeBack
        	MoreWanted --> Approved : HandedOver
        	WaitingForCode --> Withdrawn : StopProcessing
        	WaitingForCode --> Approved : Approve
        	WaitingForCode --> Approved : HandedOver
        	WaitingForCode --> BeingVerified : TakeBack
        	Approved --> BeingVerified : TakeBack
        	Rejected --> BeingVerified : TakeBack
        	Duplicate --> BeingVerified : TakeBack
        [*] --> Draft
        """,
        RequestLifecycle.Diagram().ReplaceLineEndings("\n"));
}
