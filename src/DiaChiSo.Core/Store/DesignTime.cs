using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DiaChiSo.Core.Store;

/// <summary>For the migrations' tool only: <c>dotnet ef migrations add NAME --project src/DiaChiSo.Core --output-dir Store/Migrations/Sqlite</c>.</summary>
internal sealed class DesignTime : IDesignTimeDbContextFactory<BotDb>
{
    public BotDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<BotDb>().UseSqlite("Data Source=design-time.db").Options, new Secrets(new EphemeralDataProtectionProvider(), new byte[32]));
}
