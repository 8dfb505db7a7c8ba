namespace DiaChiSo.Core.People;

/// <summary>What one may be allowed to do or to see. Who is, stands in <see cref="PolicyTable"/>. Stored by name in the audit.</summary>
public enum Right
{
    /// <summary>What everybody may: look up, ask, correct, and whatever is about oneself.</summary>
    Anyone,

    /// <summary>See the people of an address and the name of a home; phone and e-mail masked until tapped.</summary>
    SeeContact,

    /// <summary>Confirm addresses on the spot (thông báo).</summary>
    Confirm,

    /// <summary>Verify and answer requests.</summary>
    Review,

    /// <summary>The office's desk: nominate, answer people, read reports.</summary>
    Office,
}
