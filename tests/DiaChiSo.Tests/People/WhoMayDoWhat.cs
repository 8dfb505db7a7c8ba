using DiaChiSo.Core.People;
using DiaChiSo.Tests.Chats;

namespace DiaChiSo.Tests.People;

/// <summary>
/// The table of design.md §5, written down once more by hand: every right × every role × where × whether the grant runs. A new right or role
/// that is not in it fails.
/// </summary>
public sealed class WhoMayDoWhat : IAsyncLifetime
{
    private const long Person = 4711;
    private const string Here = "03217";
    private const string Elsewhere = "03226";

    // Right: the roles that have it, in their area.
    private static readonly Dictionary<Right, Role[]> Expected = new()
    {
        [Right.SeeContact] = [Role.Collaborator, Role.Reviewer, Role.Officer],
        [Right.Confirm] = [Role.Collaborator],
        [Right.Review] = [Role.Reviewer],
        [Right.Office] = [Role.Officer],
    };

    private static readonly Right[] ExpectedOfOwners = [Right.Anyone, Right.SeeContact];
    private static readonly Right[] ExpectedOfAnyone = [Right.Anyone];

    public enum Standing { Runs, RunsUntilLater, Expired, EndsThisMoment, Revoked, RevokedBeforeItsEnd }

    private Stage stage = null!;

    public async ValueTask InitializeAsync() => stage = await Stage.Open();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public void The_table_has_every_right() =>
        Assert.Equal(Enum.GetValues<Right>().Where(right => right != Right.Anyone).Order(), Expected.Keys.Order());

    [Fact]
    public async Task Every_cell_holds()
    {
        var now = stage.Time.GetUtcNow();
        var cells = 0;
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var area in new[] { Here, Elsewhere, $"{Elsewhere} {Here}", "*" })
            {
                foreach (var standing in Enum.GetValues<Standing>())
                {
                    await Hold(role, area, standing, now);
                    foreach (var right in Enum.GetValues<Right>())
                    {
                        var has = right == Right.Anyone || (Expected[right].Contains(role) && standing is Standing.Runs or Standing.RunsUntilLater);
                        var hasHere = right == Right.Anyone || (has && area != Elsewhere);
                        var cell = $"{right} × {role} × {area} × {standing}";
                        Assert.True(has == await May(right, null), cell + " anywhere");
                        Assert.True(hasHere == await May(right, Here), cell + " here");
                        Assert.True(right == Right.Anyone || hasHere == (await Holders(right)).Contains(Person), cell + " among the holders");
                        cells++;
                    }
                }
            }
        }
        Assert.Equal(3 * 4 * 6 * 5, cells);

        Task<bool> May(Right right, string? commune) => stage.Ask(db => new Policy(db).May(Person, right, now, commune));
        Task<IReadOnlyList<long>> Holders(Right right) => stage.Ask(db => new Policy(db).Holders(right, Here, now));
    }

    [Fact]
    public void An_owner_and_anyone_have_what_is_written()
    {
        Assert.Equal(ExpectedOfOwners, Enum.GetValues<Right>().Where(PolicyTable.GivesOwner));
        Assert.Equal(ExpectedOfAnyone, Enum.GetValues<Right>().Where(PolicyTable.GivesAnyone));
    }

    [Theory]
    [InlineData("", null, true)]
    [InlineData("", "Đội 5", true)]
    [InlineData("", "", true)]
    [InlineData("Đội 5; Từ Ngài 1", null, true)]
    [InlineData("Đội 5; Từ Ngài 1", "Đội 5", true)]
    [InlineData("Đội 5; Từ Ngài 1", "đội 5", true)]
    [InlineData("Đội 5; Từ Ngài 1", "Từ Ngài 1", true)]
    [InlineData("Đội 5; Từ Ngài 1", "Từ Ngài 2", false)]
    [InlineData("Đội 5; Từ Ngài 1", "Đội 15", false)]
    [InlineData("Đội 5; Từ Ngài 1", "", false)]
    public async Task A_grant_for_some_villages_reaches_only_those(string villages, string? village, bool may)
    {
        var now = stage.Time.GetUtcNow();
        await stage.Arrange((_, db) =>
        {
            db.Grants.Add(new RoleGrant { PersonId = Person, Role = Role.Collaborator, Area = Here, Villages = villages, GrantedAt = now });
            return Task.CompletedTask;
        });
        foreach (var right in Expected.Keys)
        {
            Assert.Equal(may && Expected[right].Contains(Role.Collaborator), await stage.Ask(db => new Policy(db).May(Person, right, now, Here, default, village)));
            Assert.False(await stage.Ask(db => new Policy(db).May(Person, right, now, Elsewhere, default, village)));
        }
    }

    [Fact]
    public async Task Nobody_has_a_right_without_a_grant()
    {
        foreach (var right in Expected.Keys)
        {
            Assert.False(await stage.Ask(db => new Policy(db).May(Person, right, stage.Time.GetUtcNow())));
        }
    }

    private Task Hold(Role role, string area, Standing standing, DateTimeOffset now) => stage.Arrange(async (_, db) =>
    {
        db.Grants.RemoveRange(db.Grants);
        await db.SaveChangesAsync();
        db.Grants.Add(new RoleGrant
        {
            PersonId = Person,
            Role = role,
            Area = area,
            GrantedAt = now.AddDays(-30),
            Until = standing switch
            {
                Standing.RunsUntilLater or Standing.RevokedBeforeItsEnd => now.AddMinutes(1),
                Standing.Expired => now.AddMinutes(-1),
                Standing.EndsThisMoment => now,
                _ => null,
            },
            RevokedAt = standing is Standing.Revoked or Standing.RevokedBeforeItsEnd ? now.AddMinutes(-1) : null,
        });
    });
}
