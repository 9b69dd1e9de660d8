#include "emulator/process/zip_reader.hpp"

#include <minizip/unzip.h>

#include <string>
#include <utility>

namespace understudy::process {

using source::Problem;
using source::ProblemCode;
using source::Result;

struct ZipReader::State {
    struct Close {
        void operator()(void* opened) const { unzClose(opened); }
    };

    Problem damaged() const {
        return {ProblemCode::malformed, file.native() + ": it is no zip file, or an empty or damaged one"};
    }

    std::filesystem::path file;
    std::unique_ptr<void, Close> opened;
    std::vector<unz64_file_pos> places;
};

ZipReader::ZipReader(int descriptor, std::filesystem::path file) : state_(std::make_unique<State>()) {
    state_->file = std::move(file);
    state_->opened.reset(unzOpen64(("/proc/self/fd/" + std::to_string(descriptor)).c_str()));
}

ZipReader::~ZipReader() = default;

Result<std::vector<ZipEntry>> ZipReader::read_entries() {
    unz_global_info64 all{};
    void* const zip = state_->opened.get();
    if (zip == nullptr || unzGetGlobalInfo64(zip, &all) != UNZ_OK) return state_->damaged();
    // What is cut off behind its first end mark counts as zero.
    if (all.number_entry == 0) return state_->damaged();
    if (all.number_entry > kMostEntries) {
        return Problem(ProblemCode::too_large,
                       state_->file.native() + ": it has more than " + std::to_string(kMostEntries) + " entries");
    }
    std::vector<ZipEntry> entries;
    for (ZPOS64_T i = 0; i < all.number_entry; ++i) {
        if ((i == 0 ? unzGoToFirstFile(zip) : unzGoToNextFile(zip)) != UNZ_OK) return state_->damaged();
        unz_file_info64 entry{};
        unz64_file_pos place{};
        if (unzGetCurrentFileInfo64(zip, &entry, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK)
            return state_->damaged();
        std::string name(entry.size_filename, '\0');
        if (unzGetCurrentFileInfo64(zip, &entry, name.data(), entry.size_filename, nullptr, 0, nullptr, 0) != UNZ_OK ||
            unzGetFilePos64(zip, &place) != UNZ_OK) {
            return state_->damaged();
        }
        state_->places.push_back(place);
        entries.push_back({.name = std::move(name),
                           .packed_size = entry.compressed_size,
                           .size = entry.uncompressed_size,
                           .attributes = static_cast<std::uint32_t>(entry.external_fa),
                           .made_by = static_cast<std::uint16_t>(entry.version),
                           .flags = static_cast<std::uint16_t>(entry.flag),
                           .method = static_cast<std::uint16_t>(entry.compression_method)});
    }
    return entries;
}

Result<void> ZipReader::read(std::size_t index, std::uint64_t size, const Sink& sink) {
    void* const zip = state_->opened.get();
    if (unzGoToFilePos64(zip, &state_->places.at(index)) != UNZ_OK || unzOpenCurrentFile(zip) != UNZ_OK)
        return state_->damaged();
    constexpr std::size_t kPiece = 1 << 16;
    std::vector<char> piece(kPiece);
    std::uint64_t done = 0;
    for (int got = 1; got > 0; done += static_cast<std::uint64_t>(got)) {
        got = unzReadCurrentFile(zip, piece.data(), kPiece);
        if (got < 0 || static_cast<std::uint64_t>(got) > size - done) return state_->damaged();
        if (auto taken = sink({piece.data(), static_cast<std::size_t>(got)}); taken.has_error()) return taken;
    }
    if (done != size || unzCloseCurrentFile(zip) != UNZ_OK) return state_->damaged();
    return {};
}

}  // namespace understudy::process
