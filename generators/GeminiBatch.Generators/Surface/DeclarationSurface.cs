using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GeminiBatch.Generators;

/// <summary>
/// All of a compilation that a schema can depend on, as a digest: two compilations that differ in method bodies, comments and white space
/// alone are equal here, so that nothing after this is asked again while a user types.
/// </summary>
internal sealed class DeclarationSurface : IEquatable<DeclarationSurface>
{
    private static readonly ConditionalWeakTable<Compilation, DeclarationSurface> s_surfaces = new();
    private static readonly ConditionalWeakTable<MetadataReference, object> s_references = new();
    private static int s_lastReference;

    private readonly byte[] _digest;

    // Weak, so that a cached surface keeps no compilation alive between two runs.
    private readonly WeakReference<Compilation> _compilation;

    private DeclarationSurface(Compilation compilation, byte[] digest)
    {
        _compilation = new(compilation);
        _digest = digest;
    }

    /// <summary>The compilation, or one of the same surface, for the length of a run.</summary>
    public Compilation Compilation => _compilation.TryGetTarget(out var compilation)
        ? compilation
        : throw new InvalidOperationException("The compilation is gone, though its declarations were asked for.");

    public static DeclarationSurface Of(Compilation compilation, CancellationToken cancellation)
    {
        if (s_surfaces.TryGetValue(compilation, out var known))
        {
            return known;
        }

        var surface = new DeclarationSurface(compilation, Digest(compilation, cancellation));
        return s_surfaces.GetValue(compilation, _ => surface);
    }

    /// <remarks>The pipeline keeps the earlier of two equal surfaces; it takes the compilation of the later one over.</remarks>
    public bool Equals(DeclarationSurface? other)
    {
        if (other is null || !_digest.AsSpan().SequenceEqual(other._digest))
        {
            return false;
        }

        if (other._compilation.TryGetTarget(out var compilation))
        {
            _compilation.SetTarget(compilation);
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is DeclarationSurface other && Equals(other);

    public override int GetHashCode() => BitConverter.ToInt32(_digest, 0);

    private static byte[] Digest(Compilation compilation, CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(compilation.AssemblyName ?? "");
        writer.Write((int)((compilation as CSharpCompilation)?.LanguageVersion ?? 0));
        writer.Write((int)compilation.Options.NullableContextOptions);
        foreach (var reference in compilation.References)
        {
            if (reference is CompilationReference project)
            {
                writer.Write(Of(project.Compilation, cancellation)._digest);
            }
            else
            {
                writer.Write((int)s_references.GetValue(reference, static _ => Interlocked.Increment(ref s_lastReference)));
            }
        }

        foreach (var tree in compilation.SyntaxTrees)
        {
            writer.Write(TreeSurface.Of(tree, cancellation).Digest);
        }

        writer.Flush();
        using var hash = SHA256.Create();
        return hash.ComputeHash(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
