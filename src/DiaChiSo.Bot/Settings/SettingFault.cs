namespace DiaChiSo.Bot.Settings;

/// <summary>A setting that the program cannot work with: one line that names it and says what is wanted. Never holds the value, which may be a secret.</summary>
public sealed class SettingFault(string line) : Exception(line);
