using DiaChiSo.Speed;
using DiaChiSo.Speed.Import;
using DiaChiSo.Speed.Search;

// Every figure of tests/README.md comes from here: dotnet run -c Release --project tests/DiaChiSo.Speed -- turns
switch (args)
{
    case ["turns", .. var rest]:
        await TurnSpeed.Run(rest);
        return 0;
    case ["search", .. var rest]:
        SearchSpeed.Run(rest);
        return 0;
    case ["import", .. var rest]:
        await ImportSpeed.Run(rest);
        return 0;
    case ["search-alone", var index, var queries]:
        SearchSpeed.Alone(index, queries);
        return 0;
    default:
        Console.Error.WriteLine("What is to be measured? For example: dotnet run -c Release --project tests/DiaChiSo.Speed -- turns --seconds 10");
        return 2;
}
