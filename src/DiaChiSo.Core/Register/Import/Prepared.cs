using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DiaChiSo.Core.Register.Import;

/// <summary>
/// A statement of SQLite itself, prepared once: bound, stepped, reset. ADO.NET's parameters and readers cost about as much a row as SQLite
/// does, and an import is millions of rows (src/README.md, "Importing"). Not for more than one thread.
/// </summary>
internal sealed class Prepared : IDisposable
{
    private static readonly object Null = new();

    private readonly SqliteConnection connection;
    private readonly sqlite3_stmt statement;
    private readonly object?[] bound;
    private byte[] letters = new byte[1_024];
    private int next = 1;

    /// <param name="connection">Open; the statement takes part in whatever transaction is open on it.</param>
    public Prepared(SqliteConnection connection, string sql)
    {
        this.connection = connection;
        Check(raw.sqlite3_prepare_v2(connection.Handle!, sql, out statement));
        bound = new object?[raw.sqlite3_bind_parameter_count(statement) + 1];
    }

    /// <summary>Binds the next parameter. What is bound already is left: of neighbouring rows most values are the same.</summary>
    public Prepared With(string? text)
    {
        if (text is null)
        {
            return WithNull();
        }
        if (IsNews(text))
        {
            if (letters.Length < text.Length * 3)
            {
                letters = new byte[text.Length * 3];
            }
            Check(raw.sqlite3_bind_text(statement, next, letters.AsSpan(0, Encoding.UTF8.GetBytes(text, letters))));
        }
        next++;
        return this;
    }

    /// <inheritdoc cref="With(string?)"/>
    public Prepared With(long number)
    {
        IsNews(this);
        Check(raw.sqlite3_bind_int64(statement, next++, number));
        return this;
    }

    /// <inheritdoc cref="With(string?)"/>
    public Prepared With(double? number)
    {
        if (number is not { } value)
        {
            return WithNull();
        }
        IsNews(this);
        Check(raw.sqlite3_bind_double(statement, next++, value));
        return this;
    }

    /// <inheritdoc cref="With(string?)"/>
    public Prepared With(byte[]? bytes)
    {
        if (bytes is null)
        {
            return WithNull();
        }
        IsNews(bytes);
        Check(raw.sqlite3_bind_blob(statement, next++, bytes));
        return this;
    }

    /// <summary>Runs it to its end; the number of rows that it changed.</summary>
    public int Run()
    {
        var code = raw.sqlite3_step(statement);
        Reset();
        Check(code);
        return raw.sqlite3_changes(connection.Handle!);
    }

    /// <summary>The next row; false: there is none any more, and the statement is ready for other parameters.</summary>
    public bool Read()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }
        Reset();
        Check(code);
        return false;
    }

    /// <summary>For a reader that has enough.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(statement);
        next = 1;
    }

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public double? Real(int column) => IsNull(column) ? null : raw.sqlite3_column_double(statement, column);

    public byte[]? Bytes(int column) => IsNull(column) ? null : raw.sqlite3_column_blob(statement, column).ToArray();

    public void Dispose() => statement.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    private Prepared WithNull()
    {
        if (IsNews(Null))
        {
            Check(raw.sqlite3_bind_null(statement, next));
        }
        next++;
        return this;
    }

    // The very same object as in the run before: SQLite keeps what is bound until something else is.
    private bool IsNews(object value)
    {
        if (ReferenceEquals(bound[next], value))
        {
            return false;
        }
        bound[next] = value;
        return true;
    }

    // The same exception as ADO.NET's: a full disk is told the same way whoever meets it. SQLite's own sentence names columns, never values.
    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle!).utf8_to_string(), code & 0xFF, code);
        }
    }
}
