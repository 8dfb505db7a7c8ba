using System.Text;
using DiaChiSo.Bot;
using DiaChiSo.Bot.Photos;

if (args is [DecoderProcess.Word])
{
    return DecoderProcess.Run(Console.OpenStandardInput(), Console.OpenStandardOutput());
}
Console.OutputEncoding = Encoding.UTF8;
Console.InputEncoding = Encoding.UTF8;
return await BotProgram.Run(args, Directory.GetCurrentDirectory(), Console.In, Console.Out, Console.Error, CancellationToken.None);
