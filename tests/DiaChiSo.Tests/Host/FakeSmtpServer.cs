using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DiaChiSo.Tests.Host;

/// <summary>As much of RFC 5321 as one letter needs, on loopback. Who is called nobody@ has no mailbox here.</summary>
internal sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public FakeSmtpServer()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public List<string> Letters { get; } = [];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await Talk(client);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 fake");
        while (await reader.ReadLineAsync() is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await writer.WriteLineAsync("250 fake");
                    break;
                case "RCPT" when line.Contains("nobody@", StringComparison.Ordinal):
                    await writer.WriteLineAsync("550 no such mailbox");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var letter = new StringBuilder();
                    while (await reader.ReadLineAsync() is { } part && part != ".")
                    {
                        letter.AppendLine(part);
                    }
                    Letters.Add(letter.ToString());
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }
}
