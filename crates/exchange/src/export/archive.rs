//! The file of a workbook: a zip archive (APPNOTE.TXT 4.3) whose parts come packed in pieces, from several threads.

use std::io::{Result, Seek, SeekFrom, Write};

use flate2::{Compress, Compression, Crc, FlushCompress};

/// How hard parts are packed, from 1 to 9: twice as fast as usual, and a fifth larger.
const PACKED: u32 = 3;

/// A piece of a part, packed so that others can stand before it and behind it.
pub struct Piece {
    bytes: Vec<u8>,
    /// What it is unpacked: its sum and its size.
    crc: Crc,
    size: u64,
}

impl Piece {
    pub fn of(text: &[u8]) -> Result<Self> {
        let (mut packer, mut bytes) = (Compress::new(Compression::new(PACKED), false), Vec::with_capacity(text.len() / 4 + 64));
        let mut rest = text;
        // As long as there is no room left, not all may have been given out.
        while !rest.is_empty() || bytes.len() == bytes.capacity() {
            bytes.reserve(text.len() / 8 + 64);
            let before = packer.total_in();
            packer.compress_vec(rest, &mut bytes, FlushCompress::Sync)?;
            let taken = usize::try_from(packer.total_in() - before).unwrap_or(usize::MAX);
            rest = rest.get(taken..).unwrap_or_default();
        }
        let mut crc = Crc::new();
        crc.update(text);
        Ok(Self { bytes, crc, size: text.len() as u64 })
    }
}

/// The piece behind all others: an empty last block (RFC 1951, 3.2.6).
const END: [u8; 2] = [3, 0];

/// An archive that is being written.
pub struct Archive<W> {
    file: W,
    entries: Vec<Entry>,
}

/// A part.
struct Entry {
    name: String,
    crc: Crc,
    start: u64,
    packed: u64,
    size: u64,
}

impl<W: Write + Seek> Archive<W> {
    pub fn new(file: W) -> Self {
        Self { file, entries: Vec::new() }
    }

    /// A part with all its pieces.
    pub fn add(&mut self, name: &str, piece: &Piece) -> Result<()> {
        self.begin(name)?;
        self.push(piece)?;
        self.end()
    }

    /// A part whose pieces follow.
    pub fn begin(&mut self, name: &str) -> Result<()> {
        let entry = Entry { name: name.to_owned(), crc: Crc::new(), start: self.file.stream_position()?, packed: 0, size: 0 };
        self.file.write_all(&entry.local()?)?;
        self.entries.push(entry);
        Ok(())
    }

    pub fn push(&mut self, piece: &Piece) -> Result<()> {
        self.file.write_all(&piece.bytes)?;
        if let Some(entry) = self.entries.last_mut() {
            entry.crc.combine(&piece.crc);
            entry.packed += piece.bytes.len() as u64;
            entry.size += piece.size;
        }
        Ok(())
    }

    /// Ends a part: what was not known when it began is written there.
    pub fn end(&mut self) -> Result<()> {
        self.file.write_all(&END)?;
        let Some(entry) = self.entries.last_mut() else { return Ok(()) };
        entry.packed += END.len() as u64;
        self.file.seek(SeekFrom::Start(entry.start))?;
        self.file.write_all(&entry.local()?)?;
        self.file.seek(SeekFrom::End(0)).map(drop)
    }

    /// Writes the directory, and gives the file back.
    pub fn finish(mut self) -> Result<W> {
        let start = self.file.stream_position()?;
        for entry in &self.entries {
            self.file.write_all(&entry.central()?)?;
        }
        let length = self.file.stream_position()? - start;
        let count = u16::try_from(self.entries.len()).map_err(|_| too_large())?.to_le_bytes();
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend([count, count].concat());
        end.extend([short(length)?, short(start)?].concat());
        end.extend([0, 0]);
        self.file.write_all(&end)?;
        self.file.flush()?;
        Ok(self.file)
    }
}

/// The version of the format that is needed: 2.0.
const VERSION: [u8; 2] = [20, 0];

impl Entry {
    fn local(&self) -> Result<Vec<u8>> {
        let mut header = [b"PK\x03\x04".as_slice(), &VERSION].concat();
        header.extend(self.fields()?);
        header.extend([0, 0]);
        header.extend(self.name.as_bytes());
        Ok(header)
    }

    fn central(&self) -> Result<Vec<u8>> {
        let mut header = [b"PK\x01\x02".as_slice(), &VERSION, &VERSION].concat();
        header.extend(self.fields()?);
        // No extra field, no comment, the first disk, no attributes.
        header.extend([0; 12]);
        header.extend(short(self.start)?);
        header.extend(self.name.as_bytes());
        Ok(header)
    }

    /// What both headers say: no flags, deflated, at the first time there is, so that one plan makes one file; the sizes, and that of the name.
    fn fields(&self) -> Result<Vec<u8>> {
        let mut fields = vec![0, 0, 8, 0, 0, 0, 0x21, 0];
        fields.extend([self.crc.sum().to_le_bytes(), short(self.packed)?, short(self.size)?].concat());
        fields.extend(u16::try_from(self.name.len()).map_err(|_| too_large())?.to_le_bytes());
        Ok(fields)
    }
}

fn short(size: u64) -> Result<[u8; 4]> {
    u32::try_from(size).map(u32::to_le_bytes).map_err(|_| too_large())
}

fn too_large() -> std::io::Error {
    std::io::Error::other("a workbook holds 4 GiB at most")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn what_is_packed_in_pieces_is_read_as_one_part() {
        let texts = ["<row>1</row>".repeat(20_000), String::new(), "é".to_owned(), "<row>2</row>".repeat(9)];
        let mut archive = Archive::new(Cursor::new(Vec::new()));
        archive.add("first.xml", &Piece::of(b"alone").unwrap()).unwrap();
        archive.begin("second.xml").unwrap();
        texts.iter().for_each(|text| archive.push(&Piece::of(text.as_bytes()).unwrap()).unwrap());
        archive.end().unwrap();
        archive.add("empty.xml", &Piece::of(b"").unwrap()).unwrap();
        let mut file = ZipArchive::new(archive.finish().unwrap()).unwrap();
        let mut read = |name: &str| std::io::read_to_string(file.by_name(name).unwrap()).unwrap();
        assert_eq!(read("first.xml"), "alone");
        assert_eq!(read("second.xml"), texts.concat());
        assert_eq!(read("empty.xml"), "");
    }

    #[test]
    fn what_cannot_be_packed_is_given_out_whole_too() {
        // Bytes of a generator that repeats nothing (x -> 6364136223846793005 x + 1).
        let bytes: Vec<u8> =
            std::iter::successors(Some(1_u64), |x| Some(x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)))
                .map(|x| x.to_be_bytes()[0])
                .take(300_000)
                .collect();
        let mut archive = Archive::new(Cursor::new(Vec::new()));
        archive.add("part", &Piece::of(&bytes).unwrap()).unwrap();
        let mut file = ZipArchive::new(archive.finish().unwrap()).unwrap();
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut file.by_index(0).unwrap(), &mut read).unwrap();
        assert!(read == bytes);
    }
}
