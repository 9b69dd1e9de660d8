#include "tools/loggen/log_writer.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace understudy::loggen {
namespace {

constexpr std::size_t kBufferSize = std::size_t{1} << 20;

[[noreturn]] void fail(const std::string& what, const std::filesystem::path& path, const std::string& why) {
    throw std::runtime_error(what + " " + path.string() + ": " + why);
}

/// One day's file.
class DayFile {
  public:
    DayFile(std::filesystem::path path, Existing existing)
        : path_(std::move(path)), file_(std::fopen(path_.c_str(), existing == Existing::refuse ? "wbx" : "wb")) {
        if (file_) return;
        if (errno == EEXIST)
            fail("will not overwrite", path_, "give --overwrite to do so, or another folder with --out");
        fail("cannot create", path_, std::strerror(errno));
    }
    DayFile(const DayFile&) = delete;
    DayFile& operator=(const DayFile&) = delete;
    ~DayFile() {
        if (file_) std::fclose(file_);
    }

    void write(const std::string& bytes) {
        if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
            fail("cannot write", path_, std::strerror(errno));
        }
    }
    void close() {
        std::FILE* file = std::exchange(file_, nullptr);
        if (std::fclose(file) != 0) fail("cannot write", path_, std::strerror(errno));
    }

  private:
    std::filesystem::path path_;
    std::FILE* file_;
};

}  // namespace

std::string to_file_name(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    char name[64];
    std::snprintf(name, sizeof name, "LogFileGenerator.%04d-%02u-%02u.log", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return name;
}

Written write_logs(Generator& generator, const std::filesystem::path& folder, Existing existing,
                   const std::function<void(double)>& on_progress) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) fail("cannot create the folder", folder, error.message());
    Written written{.first = generator.time()};
    std::string buffer;
    buffer.reserve(kBufferSize + 4096);
    while (!generator.finished()) {
        const auto day = std::chrono::floor<std::chrono::days>(generator.time());
        DayFile file(folder / to_file_name(day), existing);
        ++written.files;
        while (!generator.finished() && generator.time() < day + std::chrono::days(1)) {
            written.last = generator.time();
            generator.append_next(buffer);
            if (buffer.size() < kBufferSize) continue;
            file.write(buffer);
            buffer.clear();
            on_progress(generator.progress());
        }
        file.write(buffer);
        buffer.clear();
        file.close();
    }
    written.messages = generator.messages();
    written.bytes = generator.bytes();
    return written;
}

}  // namespace understudy::loggen
