Console.WriteLine("DiaChiSo.Speed");
