using System.Text;
using DiaChiSo.Core.Register;
using DiaChiSo.Core.Register.Reading;
using DiaChiSo.Core.Register.Units;
using DiaChiSo.Tests.Host;
using DiaChiSo.Tests.Register.Reading;
using Xunit;

namespace DiaChiSo.Tests.Register.UnitFiles;

/// <summary>Tables in the published shape, small and invented, and the whole country where its tables are.</summary>
public class LoadingUnits
{
    private const string Former = """
        level,code,name,type,full_name,parent,province,name_ascii,gso_name,postcode_2018
        1,90,Vân Du,Tỉnh,Tỉnh Vân Du,,90,Van Du,,99
        2,901,Suối Mây,Huyện,Huyện Suối Mây,90,90,Suoi May,,999
        3,90001,Đồi Thông,Xã,Xã Đồi Thông,901,90,Doi Thong,Xã Đồi Thong,99901
        3,90002,"Bến ""Gỗ"", Hạ",Xã,Xã Bến Gỗ,901,90,Ben Go,,99902
        """;

    private const string Present = """
        level,code,name,type,full_name,parent,name_ascii,type_2025_07,alt_code,alt_name
        1,90,Vân Du,Tỉnh,Tỉnh Vân Du,,Van Du,Tỉnh,,
        2,90001,Mây Hồng,Xã,Xã Mây Hồng,90,May Hong,Xã,,
        2,90005,Nắng Mai,Phường,Phường Nắng Mai,90,Nang Mai,Phường,,
        """;

    private const string Successors = """
        old_code,old_district,old_province,new_code,new_province,kind,note_vi,n_targets
        90001,901,90,90001,90,merged,Nhập toàn bộ,1
        90002,901,90,90001,90,ambiguous,"Nhập một phần diện tích, dân số",2
        90002,901,90,90005,90,split_population,"Nhập một phần diện tích, toàn bộ dân số",2
        ,,,,,,,
        """;

    private const string FormerNames = """
        former_name,former_code,since,survivor_old_code,survivor_name,district,province
        Khe Sương,90009,,90001,Xã Đồi Thông,901,90
        """;

    private static AdministrativeUnits Loaded(params (string Name, string Text)[] files)
    {
        var tables = new UnitTables(AdministrativeUnits.Shipped);
        foreach (var (name, text) in files)
        {
            tables.Read(name, new StringReader(text));
        }
        return tables.Units();
    }

    private static AdministrativeUnits All() => Loaded(("map", Successors), ("names", FormerNames), ("new", Present), ("old", Former));

    private static UnitKey Old(string code) => new(UnitSystem.Until2025, code);

    private static UnitKey New(string code) => new(UnitSystem.Since2025, code);

    [Fact]
    public void Tables_in_any_order_become_units_of_both_lists_beside_the_shipped_ones()
    {
        var units = All();
        Assert.Equal("Xã Đồi Thông", units[Old("90001")].FullName);
        Assert.Equal("Huyện Suối Mây", units[Old("90001")].District);
        Assert.Equal("Bến \"Gỗ\", Hạ", units[Old("90002")].Name);
        Assert.Equal("tỉnh Vân Du", units[New("90005")].ProvinceInLine);
        Assert.Equal("Xã Mây Hồng", units.PresentOf(units[Old("90001")]).FullName);
        Assert.Equal("Xã Mường Báng", units[Old("03250")].FullName);
        Assert.Equal("90001", Assert.Single(units.OfPostalCode("99901")).Key.Code);
        Assert.Equal("Vân Du", units.ProvinceOfPostalCode("99955")!.Name);
    }

    [Fact]
    public void A_divided_commune_leads_to_all_that_it_went_into_and_to_no_single_one()
    {
        var units = All();
        Assert.Null(units[Old("90002")].Successor);
        // Where its people went stands first.
        Assert.Equal(["90005", "90001"], units.PresentsOf(units[Old("90002")]).Select(unit => unit.Key.Code));
        var served = new ServedArea { Communes = "90001" };
        var read = new Understanding(units, new Schemes(), served).Read("xã Bến Gỗ Hạ, huyện Suối Mây").Address;
        Assert.Equal(AddressVerdict.Ambiguous, read.Verdict);
        Assert.Equal("90002", read.Former!.Key.Code);
        Assert.Equal(["90005", "90001"], read.Candidates.Select(choice => choice.Commune!.Key.Code));
        Assert.True(served.Serves(units[Old("90002")], units));
    }

    [Fact]
    public void A_name_from_before_is_read_as_what_it_became()
    {
        var read = new Understanding(All(), new Schemes(), new ServedArea { Communes = "90001" }).Read("xa khe suong huyen suoi may").Address;
        Assert.Equal("90001", read.Former!.Key.Code);
        Assert.Equal("Xã Mây Hồng", read.Present!.FullName);
    }

    [Fact]
    public void A_newer_table_replaces_the_older_of_its_kind()
    {
        var tables = new UnitTables(All());
        tables.Read("new", new StringReader(Present.Replace("Nắng Mai,Phường,Phường Nắng Mai", "Gió Núi,Phường,Phường Gió Núi").Replace("90001,Mây Hồng", "90007,Mây Hồng")));
        var units = tables.Units();
        Assert.Equal("Phường Gió Núi", units[New("90005")].FullName);
        Assert.Null(units.Find(New("90001")));
        // What went into a unit that is gone is said, and does not point nowhere.
        Assert.Empty(units[Old("90001")].Successors);
        Assert.Contains(tables.Notes, note => note.Contains("90001", StringComparison.Ordinal));
        Assert.Equal(2, units.All.Count(unit => unit.ProvinceCode == "90" && !unit.IsFormer));
    }

    [Theory]
    [InlineData("a,b\n1,2", "first line")]
    [InlineData("", "one line of names")]
    [InlineData("old_code,new_code,kind\n99999,90001,merged", "99999")]
    [InlineData("level,code,name,type,full_name,parent,name_ascii\n2,9000X,Mây,Xã,Xã Mây,90,May", "9000X")]
    [InlineData("level,code,name,type,full_name,parent,name_ascii\n2,90001,Mây,Xã,Xã Mây,77,May", "77")]
    [InlineData("level,code,name,type,full_name,parent\n2,90001,Mây,Xã", "cells")]
    public void What_is_no_such_table_is_refused_with_one_line(string text, string says)
    {
        var fault = Assert.Throws<UnitTableFault>(() => Loaded(("file.csv", text)));
        Assert.StartsWith("file.csv", fault.Message, StringComparison.Ordinal);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_loaded_comes_back_from_its_file()
    {
        using var folder = new OwnFolder();
        var square = new Boundary(New("90001"), [[[103_000_000, 21_000_000, 103_100_000, 21_000_000, 103_100_000, 21_100_000, 103_000_000, 21_100_000, 103_000_000, 21_000_000]]]);
        new LoadedUnits(All(), Boundaries.None, IsShipped: false).With([square]).KeepIn(folder.Path);
        var back = LoadedUnits.In(folder.Path);
        Assert.False(back.IsShipped);
        var before = All();
        Assert.Equal(before.All.Count, back.Units.All.Count);
        foreach (var unit in before.All)
        {
            var same = back.Units[unit.Key];
            Assert.Equal((unit.FullName, unit.District, unit.DistrictCode, unit.Province, unit.PostalCode), (same.FullName, same.District, same.DistrictCode, same.Province, same.PostalCode));
            Assert.Equal(unit.Aliases, same.Aliases);
            Assert.Equal(unit.Successors, same.Successors);
        }
        Assert.Equal(before.Higher.Select(unit => unit.FullName), back.Units.Higher.Select(unit => unit.FullName));
        Assert.Equal(New("90001"), back.Boundaries.Find(new(21.05, 103.05)));
        // The middle of an outline stands in where the table has none.
        Assert.True(back.Units[New("90001")].Centre!.Value.MetresTo(new(21.05, 103.05)) < 5);
    }

    [Fact]
    public void A_damaged_file_is_said_to_be_damaged()
    {
        using var folder = new OwnFolder();
        new LoadedUnits(All(), Boundaries.None, IsShipped: false).KeepIn(folder.Path);
        var path = Assert.Single(Directory.GetFiles(folder.Path, "*.bin"));
        var whole = File.ReadAllBytes(path);
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var bytes = i < 150 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (var k = 0; i >= 150 && k < 3; k++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            File.WriteAllBytes(path, bytes);
            try
            {
                LoadedUnits.In(folder.Path);
                Assert.True(i >= 150, "a cut-off file was taken for a whole one");
            }
            catch (UnitTableFault fault)
            {
                Assert.Contains("damaged", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_whole_country_is_loaded_by_one_command_and_used_from_then_on()
    {
        var shared = SharedData.Folder();
        using var folder = new OwnFolder();
        var files = Directory.GetFiles(shared, "vn_units_*.csv").Append(Path.Combine(shared, "tuachua_communes_simplified.geojson"));
        var (code, output, error) = await folder.Run("", ["units", "import", .. files]);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("10035 communes until 30/6/2025, 3321 of today", output, StringComparison.Ordinal);
        Assert.Contains("5 outlines", output, StringComparison.Ordinal);
        var (_, answer, _) = await folder.Run("", "lookup", "--json", "phường Điện Biên, Ba Đình, Hà Nội", "21.8478, 103.3431", "xã Mường Báng, Tủa Chùa");
        var lines = answer.Split('\n');
        Assert.Contains("\"kind\":\"out_of_area\",\"old_code\":\"00019\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"new_code\":\"03217\"", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("guess", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"old_code\":\"03250\"", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_file_among_good_ones_changes_nothing()
    {
        using var folder = new OwnFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "new.csv"), Present, Encoding.UTF8, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "bad.csv"), "a,b\n", Encoding.UTF8, TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.Run("", "units", "import", Path.Combine(folder.Path, "new.csv"), Path.Combine(folder.Path, "bad.csv"));
        Assert.Equal(1, code);
        Assert.StartsWith("bad.csv", error, StringComparison.Ordinal);
        Assert.True(LoadedUnits.In(folder.Data).IsShipped);
    }

    [Fact]
    public void The_country_has_every_unit_with_its_province_and_no_dangling_successor()
    {
        var units = Country.Units().Units;
        Assert.Equal((10_035, 3_321), (units.All.Count(unit => unit.IsFormer), units.Present.Count()));
        Assert.All(units.All.SelectMany(unit => unit.Successors), successor => Assert.NotNull(units.Find(successor)));
        Assert.Equal(441, units.All.Count(unit => unit.Successors.Count > 1));
        // Two districts stand twice in the published table: the row counts that agrees with its communes.
        Assert.Equal("91", units.FindHigher(Old("900"))!.ProvinceCode);
        // What only the shipped table knows has stayed.
        Assert.Equal("32612", units[New("03226")].PostalCode);
        Assert.NotNull(units[New("03226")].Centre);
        Assert.Contains("Xín Chải", units[Old("03223")].Aliases);
    }
}
