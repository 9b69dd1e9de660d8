#include "emulator/lambda/utc_time.hpp"

#include "emulator/source/utc_time.hpp"

namespace understudy::lambda {

void append_date_path(std::string& out, std::chrono::system_clock::time_point time) {
    source::append_date(out, std::chrono::floor<std::chrono::days>(time), '/');
}

}  // namespace understudy::lambda
