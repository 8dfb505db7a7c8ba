namespace DiaChiSo.Bot.Commands;

/// <summary>What the operator asked for cannot be done: one line that says why and what would do. Exit code 1.</summary>
public sealed class CommandFault(string line) : Exception(line);
