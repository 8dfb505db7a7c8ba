using System.Net;
using System.Net.Sockets;

namespace DiaChiSo.Tests.Host;

/// <summary>
/// Ports for programs whose address must be known before they listen (a webhook's). They are below those that the system gives to a socket
/// that asks for any, so that no other test gets one in between.
/// </summary>
internal static class FreePorts
{
    private const int First = 18_000;
    private const int Last = 28_000;

    private static int next = First + Environment.ProcessId % 5_000;

    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref next) - First) % (Last - First);
            try
            {
                using var socket = new TcpListener(IPAddress.Loopback, port);
                socket.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
