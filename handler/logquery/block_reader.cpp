#include "handler/logquery/block_reader.hpp"

#include <algorithm>
#include <span>

namespace understudy::logquery {

std::string_view BlockReader::bytes(std::uint64_t offset, std::size_t least) {
    if (offset >= size_) return {};
    const std::uint64_t block_end = block_offset_ + block_size_;
    const bool at_hand = offset >= block_offset_ && (offset + least <= block_end || block_end == size_);
    if (!at_hand || offset >= block_end) load(offset);
    if (offset >= block_offset_ + block_size_) return {};
    const auto start = static_cast<std::size_t>(offset - block_offset_);
    return std::string_view(block_).substr(start, block_size_ - start);
}

std::uint64_t BlockReader::skip_line(std::uint64_t offset, std::uint64_t end) {
    while (offset < end) {
        const std::string_view bytes = this->bytes(offset, 1).substr(0, end - offset);
        if (bytes.empty()) break;
        const std::size_t newline = bytes.find('\n');
        if (newline != std::string_view::npos) return offset + newline + 1;
        offset += bytes.size();
    }
    return end;
}

void BlockReader::load(std::uint64_t offset) {
    const bool straight_on = block_size_ > 0 && offset > block_offset_ && offset <= block_offset_ + block_size_;
    next_block_size_ = straight_on ? std::min(next_block_size_ * 2, kLargestBlock) : kSmallestBlock;
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(next_block_size_, size_ - offset));
    if (block_.size() < wanted) block_.resize(wanted);
    block_offset_ = offset;
    block_size_ = source_.read(offset, std::span(block_).first(wanted), error_);
    if (block_size_ < wanted) size_ = offset + block_size_;
}

}  // namespace understudy::logquery
