namespace DiaChiSo.Core.Register.Units;

/// <summary>A table or outline file that cannot be taken; the message says which file, where, and what is wanted.</summary>
public sealed class UnitTableFault(string message) : Exception(message);
