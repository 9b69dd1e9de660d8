#include "tools/bench/compare.hpp"
#include "tools/bench/load.hpp"
#include "tools/bench/log_folders.hpp"
#include "tools/bench/readings.hpp"
#include "tools/bench/rows.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace understudy::bench {
namespace {

/// 2026-01-05T00:00:00Z, where loggen begins.
constexpr std::uint64_t kFirstSecond = 1'767'571'200;
constexpr std::uint64_t kSecondsOfDay = 86'400;

void append_varint(std::string& message, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) message += static_cast<char>(value | 0x80);
    message += static_cast<char>(value);
}

void append_field(std::string& message, char tag, std::string_view bytes) {
    message += tag;
    append_varint(message, bytes.size());
    message += bytes;
}

/// CheckWindowRequest of a window of one second.
std::string encode_window(std::uint64_t second) {
    constexpr char kMessage1 = 0x0a, kMessage2 = 0x12, kNumber1 = 0x08, kNumber2 = 0x10;
    constexpr std::uint64_t kHalfSecond = 500'000'000;
    std::string time(1, kNumber1), tolerance(1, kNumber2), message;
    append_varint(time, second);
    append_varint(tolerance, kHalfSecond);
    append_field(message, kMessage1, time);
    append_field(message, kMessage2, tolerance);
    return message;
}

Request make_check(std::uint64_t second) {
    return make_post("/logquery.v1.LogQueryService/CheckWindow", "application/proto", encode_window(second), 0);
}

void make_logs(const Programs& programs, const std::string& folder, const std::string& size) {
    if (run({{programs.loggen, "--out", folder, "--size", size, "--days", "1", "--start", "2026-01-05"}, {}, {}}) !=
        0) {
        throw std::runtime_error("loggen failed");
    }
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        std::ifstream log(file.path(), std::ios::binary);
        std::array<char, 1 << 16> part;
        while (log.read(part.data(), part.size())) throw_if_interrupted();
    }
}

const LogFolders& logs_of(Run& run) {
    if (!run.logs) run.logs = std::make_shared<LogFolders>(run.programs);
    return *run.logs;
}

/// The example's handler on a folder of logs.
Understudy::Plan plan_handler(const Run& run, const std::string& folder) {
    return {Understudy::Log::quiet, 1, "LOGQUERY_LOGS=" + folder, {run.programs.bootstrap}};
}

/// The second of a day that the `number`th call asks for; spread so that no two are near each other.
std::uint64_t pick_second(std::uint64_t number) {
    constexpr std::uint64_t kStride = 53'401;
    return kFirstSecond + number * kStride % kSecondsOfDay;
}

/// Calls one handler about one second after another.
class WindowCaller {
  public:
    explicit WindowCaller(std::uint16_t port) : caller_(port, make_check(kFirstSecond)) {}

    /// The median of a batch of calls.
    double call(int count) {
        std::vector<double> values;
        for (int i = 0; i < count; ++i) {
            caller_.change(make_check(pick_second(++number_)));
            const auto latency = caller_.call(1).front();
            values.push_back(std::chrono::duration<double, std::micro>(latency).count());
        }
        return median(std::move(values));
    }

  private:
    Caller caller_;
    std::uint64_t number_ = 0;
};

}  // namespace

LogFolders::LogFolders(const Programs& programs)
    : small_(folder_.path() + "/small"), large_(folder_.path() + "/large") {
    make_logs(programs, small_, "10MB");
    make_logs(programs, large_, "1GB");
}

Measured measure_window(Run& run) {
    constexpr int kCalls = 20;
    const LogFolders& logs = logs_of(run);
    const Pin pin(kServerProcessor);
    const Understudy small(run.programs, plan_handler(run, logs.small()));
    const Understudy large(run.programs, plan_handler(run, logs.large()));
    WindowCaller on_small(small.gateway()), on_large(large.gateway());
    on_small.call(kCalls);
    on_large.call(kCalls);
    const auto measure = [](WindowCaller& caller) { return [&caller] { return caller.call(kCalls); }; };
    return to_measured(measure_pairs(15, measure(on_large), measure(on_small)), " µs");
}

Measured measure_window_memory(Run& run) {
    const LogFolders& logs = logs_of(run);
    const Understudy understudy(run.programs, plan_handler(run, logs.large()));
    WindowCaller(understudy.gateway()).call(100);
    double most = 0;
    for (const pid_t handler : find_children(understudy.pid())) {
        most = std::max(most, static_cast<double>(read_status_kilobytes(handler, "VmHWM")) / kKilobytesPerMegabyte);
    }
    return {{most, most, most}, "after 100 windows of a second", {}};
}

}  // namespace understudy::bench
