import CZstd

/// Decompresses a stream of zstd frames (RFC 8878): several frames, any level, in constant memory.
public final class ZstdReader: ByteStream {
  public var name: String { source.name }
  private let source: any ByteStream
  private let context: OpaquePointer
  private let input: UnsafeMutableRawBufferPointer
  private var pending = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
  private var consumed = 0
  private var insideFrame = false
  /// The last call filled its buffer, so the decompressor may hold output back that needs no more input.
  private var holdsOutput = false

  /// `windowLimit` bounds the memory a hostile frame can ask for: 2^27 bytes is what `zstd --ultra -22` needs.
  public init(_ source: any ByteStream, windowLimit: Int32 = 27) {
    self.source = source
    context = ZSTD_createDCtx()
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLimit)
    input = .allocate(byteCount: ZSTD_DStreamInSize(), alignment: 16)
  }

  deinit {
    ZSTD_freeDCtx(context)
    input.deallocate()
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
    while output.pos < output.size {
      if try pending.pos == pending.size && !holdsOutput && !refill() {
        if (insideFrame || consumed == 0) && output.pos == 0 {
          throw failure("the zstd data end in the middle of a frame", endsEarly: true)
        }
        break
      }
      let status = ZSTD_decompressStream(context, &output, &pending)
      if ZSTD_isError(status) != 0 {
        let error = String(cString: ZSTD_getErrorName(status))
        throw failure("bad zstd data (\(error)). Check that it is zstd, or fetch it again.")
      }
      insideFrame = status != 0
      holdsOutput = insideFrame && output.pos == output.size
    }
    return output.pos
  }

  /// True if more compressed bytes are there.
  private func refill() throws -> Bool {
    let count = try source.read(into: input)
    consumed += pending.size
    pending = ZSTD_inBuffer(src: input.baseAddress, size: count, pos: 0)
    return count > 0
  }

  private func failure(_ reason: String, endsEarly: Bool = false) -> IOFailure {
    IOFailure("decompress", name, reason: reason, offset: consumed + pending.pos, endsEarly: endsEarly)
  }
}

/// Compresses bytes into one zstd frame in an atomically replaced file.
///
/// One thread, fixed level, no dictionary: the same bytes in give the same bytes out with the same library version.
public final class ZstdFileWriter {
  private let file: AtomicFile
  private let context: OpaquePointer
  private let output: UnsafeMutableRawBufferPointer

  /// `writer` as in ``AtomicFile``.
  public init(_ path: String, level: Int32 = 3, writer: String? = nil) throws {
    file = try AtomicFile(path, writer: writer)
    context = ZSTD_createCCtx()
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    output = .allocate(byteCount: ZSTD_CStreamOutSize(), alignment: 16)
  }

  deinit {
    ZSTD_freeCCtx(context)
    output.deallocate()
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    try compress(bytes, ZSTD_e_continue)
  }

  /// Ends the frame and gives the file its name. Returns the compressed size in bytes.
  @discardableResult
  public func commit() throws -> Int {
    try compress(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end)
    try file.commit()
    return file.count
  }

  private func compress(_ bytes: UnsafeRawBufferPointer, _ directive: ZSTD_EndDirective) throws {
    var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while true {
      var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
      let remaining = ZSTD_compressStream2(context, &target, &source, directive)
      if ZSTD_isError(remaining) != 0 {
        throw IOFailure("compress", file.path, reason: String(cString: ZSTD_getErrorName(remaining)))
      }
      try file.write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output)[..<target.pos]))
      if directive == ZSTD_e_end ? remaining == 0 : source.pos == source.size { return }
    }
  }
}

/// Opens a file for reading, decompressing it if its name ends in `.zst`.
public func openStream(_ path: String) throws -> any ByteStream {
  let file = try InputFile(path)
  return path.hasSuffix(".zst") ? ZstdReader(file) : file
}

/// The version of zstd that runs, as `1.5.4`. Another version may compress to other bytes.
public var zstdVersion: String { String(cString: ZSTD_versionString()) }
