Console.WriteLine("DiaChiSo.Bot");
