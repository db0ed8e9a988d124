//! What the file is packed in: nothing, or gzip, told apart by the first two bytes.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use crate::error::{Error, ErrorKind, Result};

/// Most bytes that are unpacked from one file (8 GiB).
pub const UNPACKED_CAP: u64 = 8 << 30;

/// Most unpacked bytes per packed byte. Ticket exports pack 5 to 30 times; deflate ends at 1,032.
pub const RATIO_CAP: u64 = 400;

/// Below this many unpacked bytes (64 MiB) the ratio does not matter.
pub const RATIO_FREE: u64 = 64 << 20;

/// Most bytes of a gzip header (4 KiB): a file name and a comment, of which nothing is used.
const HEADER_CAP: usize = 1 << 12;

/// Size of the unpacked pieces.
const PIECE: usize = 1 << 16;

/// How gzip begins.
pub(super) const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Takes what comes out of a container.
type Unpacked<'a> = dyn FnMut(&[u8]) -> Result<()> + 'a;

/// The container of a file, settled by its first two bytes.
#[derive(Debug)]
pub(super) enum Container {
    /// Fewer than two bytes were seen: these.
    Open(Vec<u8>),
    /// The bytes are the text.
    Plain,
    /// The bytes are gzip members.
    Gzip(Box<Gunzip>),
}

impl Container {
    /// Takes the next bytes of the file.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Unpacked<'_>) -> Result<()> {
        match self {
            Self::Plain => out(bytes),
            Self::Gzip(gunzip) => gunzip.push(bytes, out),
            Self::Open(held) => {
                let (first, rest) = bytes.split_at(bytes.len().min(MAGIC.len().saturating_sub(held.len())));
                held.extend_from_slice(first);
                if held.len() < MAGIC.len() {
                    return Ok(());
                }
                let magic = std::mem::take(held);
                *self = if magic == MAGIC { Self::Gzip(Box::new(Gunzip::new())) } else { Self::Plain };
                self.push(&magic, out)?;
                self.push(rest, out)
            }
        }
    }

    /// Ends the file: answers how many bytes behind the packed data were left alone.
    pub(super) fn finish(&mut self, out: &mut Unpacked<'_>) -> Result<u64> {
        match self {
            Self::Plain => Ok(0),
            Self::Open(held) => out(&std::mem::take(held)).map(|()| 0),
            Self::Gzip(gunzip) => gunzip.finish(),
        }
    }

    /// The name in a mapping's dialect.
    pub(super) fn name(&self) -> &'static str {
        if matches!(self, Self::Gzip(_)) { "gzip" } else { "plain" }
    }
}

/// Where in a gzip member the reading stands.
#[derive(Debug)]
enum Part {
    /// The ten fixed bytes and the optional fields behind them, as far as they have come.
    Header(Vec<u8>),
    /// The deflate stream.
    Body,
    /// Checksum and length, as far as they have come.
    Trailer(Vec<u8>),
    /// Something else behind a complete member: padding, mostly.
    Beyond(u64),
}

/// Unpacks gzip of one or more members, piece by piece.
#[derive(Debug)]
pub(super) struct Gunzip {
    part: Part,
    inflate: Decompress,
    crc: Crc,
    buffer: Vec<u8>,
    /// Whether a member is complete.
    whole: bool,
    packed: u64,
    unpacked: u64,
}

impl Gunzip {
    fn new() -> Self {
        Self {
            part: Part::Header(Vec::new()),
            inflate: Decompress::new(false),
            crc: Crc::new(),
            buffer: vec![0; PIECE],
            whole: false,
            packed: 0,
            unpacked: 0,
        }
    }

    fn push(&mut self, mut bytes: &[u8], out: &mut Unpacked<'_>) -> Result<()> {
        while !bytes.is_empty() {
            let used = match &mut self.part {
                Part::Header(header) => {
                    let used = bytes.iter().position(|&byte| {
                        header.push(byte);
                        header_ends(header) || !could_be_header(header) || header.len() > HEADER_CAP
                    });
                    let used = used.map_or(bytes.len(), |last| last + 1);
                    self.end_header(used)?;
                    used
                }
                Part::Body => self.inflate(bytes, out)?,
                Part::Trailer(trailer) => {
                    let (some, _) = bytes.split_at(bytes.len().min(8_usize.saturating_sub(trailer.len())));
                    trailer.extend_from_slice(some);
                    let used = some.len();
                    self.end_member()?;
                    used
                }
                Part::Beyond(count) => {
                    *count += bytes.len() as u64;
                    bytes.len()
                }
            };
            self.packed += used as u64;
            bytes = bytes.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    /// Goes on to the body where the header is complete, or stops reading where a second header is none.
    fn end_header(&mut self, used: usize) -> Result<()> {
        let Part::Header(header) = &self.part else { return Ok(()) };
        if could_be_header(header) && header.len() <= HEADER_CAP {
            if header_ends(header) {
                self.part = Part::Body;
            }
            return Ok(());
        }
        if self.whole {
            self.part = Part::Beyond(header.len() as u64);
            return Ok(());
        }
        Err(self.broken("The gzip header is damaged", self.packed + used as u64))
    }

    fn inflate(&mut self, bytes: &[u8], out: &mut Unpacked<'_>) -> Result<usize> {
        let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self.inflate.decompress(bytes, &mut self.buffer, FlushDecompress::None);
        let used = usize::try_from(self.inflate.total_in() - before_in).unwrap_or(bytes.len());
        let made = usize::try_from(self.inflate.total_out() - before_out).unwrap_or(0);
        let Ok(status) = status else {
            return Err(self.broken("The compressed data is damaged", self.packed + used as u64));
        };
        let unpacked = self.buffer.get(..made).unwrap_or_default();
        self.crc.update(unpacked);
        self.unpacked += made as u64;
        let packed = self.packed + used as u64;
        if self.unpacked > UNPACKED_CAP || (self.unpacked > RATIO_FREE && self.unpacked / RATIO_CAP > packed) {
            return Err(too_large(self.unpacked, packed));
        }
        out(unpacked)?;
        match status {
            Status::StreamEnd => self.part = Part::Trailer(Vec::new()),
            // Input and room for output were there, so this cannot go on: never loop.
            _ if used == 0 && made == 0 => return Err(self.broken("The compressed data is damaged", packed)),
            _ => {}
        }
        Ok(used)
    }

    fn end_member(&mut self) -> Result<()> {
        let Part::Trailer(trailer) = &self.part else { return Ok(()) };
        let ([crc, length], []) = trailer.as_chunks::<4>() else { return Ok(()) };
        if u32::from_le_bytes(*crc) != self.crc.sum() || u32::from_le_bytes(*length) != self.crc.amount() {
            return Err(self.broken("The unpacked data does not match its checksum", self.packed));
        }
        self.whole = true;
        self.crc.reset();
        self.inflate.reset(false);
        self.part = Part::Header(Vec::new());
        Ok(())
    }

    fn finish(&self) -> Result<u64> {
        match &self.part {
            // Three bytes of a header are another member, cut short; fewer are chance.
            Part::Header(header) if self.whole && header.len() < 3 => Ok(header.len() as u64),
            Part::Beyond(count) => Ok(*count),
            _ => Err(self.broken("The compressed data ends too early", self.packed)),
        }
    }

    #[cold]
    fn broken(&self, what: &str, packed: u64) -> Error {
        let message = format!(
            "{what}: at byte {packed} of the gzip file, after {} unpacked bytes; expected gzip that is whole and checks out.",
            self.unpacked
        );
        Error::new(
            ErrorKind::BrokenArchive,
            message,
            "Export or copy the file again; it was probably cut short on its way.",
        )
        .at_byte(self.unpacked)
    }
}

#[cold]
fn too_large(unpacked: u64, packed: u64) -> Error {
    let message = format!(
        "{packed} packed bytes hold more than {unpacked} bytes; at most {} GiB and {RATIO_CAP} times the packed size are read.",
        UNPACKED_CAP >> 30
    );
    Error::new(
        ErrorKind::TooLarge,
        message,
        "Unpack the file, check that it is a ticket export, and split it where it is.",
    )
    .at_byte(unpacked)
}

/// Whether the bytes so far can begin a gzip member: magic number, deflate, no reserved flag.
fn could_be_header(header: &[u8]) -> bool {
    header.iter().zip([MAGIC[0], MAGIC[1], 8]).all(|(is, must)| *is == must)
        && header.get(3).is_none_or(|flags| flags & 0xe0 == 0)
}

/// Whether the bytes are a gzip header to its last byte (RFC 1952, 2.3).
fn header_ends(header: &[u8]) -> bool {
    let (Some(flags), Some(mut rest)) = (header.get(3), header.get(10..)) else { return false };
    if flags & 4 != 0 {
        let Some(([low, high], behind)) = rest.split_first_chunk::<2>() else { return false };
        let Some(behind) = behind.get(usize::from(u16::from_le_bytes([*low, *high]))..) else { return false };
        rest = behind;
    }
    for text in [8, 16] {
        if flags & text != 0 {
            let Some(behind) = memchr::memchr(0, rest).and_then(|end| rest.get(end + 1..)) else { return false };
            rest = behind;
        }
    }
    flags & 2 == 0 || rest.len() >= 2
}
