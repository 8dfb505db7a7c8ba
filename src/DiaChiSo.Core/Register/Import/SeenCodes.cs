namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// Which codes stood in the files of this import already, and whether they said the same: the set with house numbers repeats what the set of
/// all has. About 12 bytes a code, so that a whole country fits.
/// </summary>
internal sealed class SeenCodes
{
    private readonly Dictionary<string, Table> areas = [];

    internal enum Seen { Never, Same, Different }

    public Seen Add(AddressCode code, ulong fingerprint)
    {
        var digits = code.ToString();
        var area = areas.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!area.TryGetValue(digits.AsSpan(0, AddressCode.AreaLength), out var table))
        {
            areas[code.Area] = table = new Table();
        }
        var number = 0u;
        foreach (var digit in digits.AsSpan(AddressCode.AreaLength))
        {
            number = number * 10 + (uint)(digit - '0');
        }
        return table.Add(number + 1, (fingerprint ^ (fingerprint >> 32)) & 0xFFFF_FFFF);
    }

    // Open addressing: the number in the upper half, the fingerprint in the lower, 0 is free.
    private sealed class Table
    {
        private ulong[] slots = new ulong[64];
        private int count;

        public Seen Add(uint number, ulong fingerprint)
        {
            if (count * 4 > slots.Length * 3)
            {
                var old = slots;
                slots = new ulong[old.Length * 2];
                foreach (var slot in old.Where(slot => slot != 0))
                {
                    slots[Find((uint)(slot >> 32))] = slot;
                }
            }
            var at = Find(number);
            if (slots[at] != 0)
            {
                return (slots[at] & 0xFFFF_FFFF) == fingerprint ? Seen.Same : Seen.Different;
            }
            slots[at] = ((ulong)number << 32) | fingerprint;
            count++;
            return Seen.Never;
        }

        private uint Find(uint number)
        {
            var mask = (uint)slots.Length - 1;
            var at = (number * 2654435761u) & mask;
            while (slots[at] != 0 && (uint)(slots[at] >> 32) != number)
            {
                at = (at + 1) & mask;
            }
            return at;
        }
    }
}
