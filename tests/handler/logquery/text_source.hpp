#pragma once

#include "handler/logquery/byte_source.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace understudy::logquery {

/// A text in memory, as a file.
class TextSource final : public ByteSource {
  public:
    explicit TextSource(std::string text) : text_(std::move(text)) {}

    std::uint64_t size() const override { return text_.size(); }
    std::size_t read(std::uint64_t offset, std::span<char> into, std::error_code&) const override {
        return text_.copy(into.data(), into.size(), offset);
    }

  private:
    std::string text_;
};

}  // namespace understudy::logquery
