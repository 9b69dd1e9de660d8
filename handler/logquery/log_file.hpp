#pragma once

#include "handler/logquery/byte_source.hpp"

#include <filesystem>
#include <optional>

namespace understudy::logquery {

/// A log file, open for reading. Its size is that of the moment it was opened: what is appended later belongs to the
/// next call.
class LogFile final : public ByteSource {
  public:
    /// nullopt with an error: the file cannot be opened. nullopt without: there is no such file, or it is a folder, a
    /// pipe or a device.
    static std::optional<LogFile> open(const std::filesystem::path& path, std::error_code& error);

    LogFile(LogFile&& other) noexcept;
    LogFile& operator=(LogFile&&) = delete;
    ~LogFile() override;

    std::uint64_t size() const override { return size_; }
    std::size_t read(std::uint64_t offset, std::span<char> into, std::error_code& error) const override;

  private:
    explicit LogFile(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
    std::uint64_t size_ = 0;
};

}  // namespace understudy::logquery
