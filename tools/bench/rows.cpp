#include "tools/bench/rows.hpp"

#include <array>

namespace understudy::bench {

std::span<const Row> rows() {
    using enum Row::Bound;
    using enum Row::When;
    static constexpr std::array kRows = {
        Row{"capacity", "requests in a second on one core, 16 at once, 1 KB, to the relay's", at_least, 0.80, "×",
            always, measure_capacity},
        Row{"recording", "requests in a second on one core, 16 at once, 1 KB, with --record, to without", at_least,
            0.88, "×", always, measure_recording},
        Row{"latency", "median of one request after another, 1 KB, to the relay's", at_most, 1.25, "×", always,
            measure_latency},
        Row{"exchanges", "median of one request after another, 1 KB, in loopback exchanges", at_most, 3.5, "×", always,
            measure_latency_in_exchanges},
        Row{"bodies-75k", "75 KB both ways, to the relay's", at_most, 2.0, "×", always, measure_bodies_75_kb},
        Row{"bodies-4m", "4.4 MB both ways, to the relay's", at_most, 1.5, "×", always, measure_bodies_4_mb},
        Row{"invoke-4m", "4.4 MB both ways through Invoke, to the relay's", at_most, 0.5, "×", always,
            measure_invoke_4_mb},
        Row{"recorder", "what the recorder adds to the median of one request after another, 1 KB", at_most, 0.2, "ms",
            always, measure_recorder},
        Row{"start", "spawn to the first answer, in spawns of 'true'", at_most, 6, "×", always, measure_start},
        Row{"calls", "system calls an invocation, --quiet", at_most, 11, "", always, measure_system_calls},
        Row{"calls-logged", "system calls an invocation, with log lines", at_most, 13, "", always,
            measure_logged_system_calls},
        Row{"memory-idle", "resident memory after the start and some calls", at_most, 8, "MB", always,
            measure_idle_memory},
        Row{"memory-after", "resident memory after twenty bodies of 4.4 MB", at_most, 16, "MB", always,
            measure_memory_after_bodies},
        Row{"event-http", "a request of 1 KB to its event, an HTTP API, 2.0, in base64 encodings of 1 KB", at_most, 12,
            "×", always, measure_event<app::FrontKind::http>},
        Row{"reply-http", "a reply of 1 KB to its answer, an HTTP API, 2.0, in base64 encodings of 1 KB", at_most, 12,
            "×", always, measure_reply<app::FrontKind::http>},
        Row{"event-http1", "a request of 1 KB to its event, an HTTP API, 1.0, in base64 encodings of 1 KB", at_most, 12,
            "×", always, measure_event<app::FrontKind::http1>},
        Row{"reply-http1", "a reply of 1 KB to its answer, an HTTP API, 1.0, in base64 encodings of 1 KB", at_most, 12,
            "×", always, measure_reply<app::FrontKind::http1>},
        Row{"event-rest", "a request of 1 KB to its event, a REST API, in base64 encodings of 1 KB", at_most, 12, "×",
            always, measure_event<app::FrontKind::rest>},
        Row{"reply-rest", "a reply of 1 KB to its answer, a REST API, in base64 encodings of 1 KB", at_most, 12, "×",
            always, measure_reply<app::FrontKind::rest>},
        Row{"event-url", "a request of 1 KB to its event, a function URL, in base64 encodings of 1 KB", at_most, 12,
            "×", always, measure_event<app::FrontKind::url>},
        Row{"reply-url", "a reply of 1 KB to its answer, a function URL, in base64 encodings of 1 KB", at_most, 12, "×",
            always, measure_reply<app::FrontKind::url>},
        Row{"event-alb", "a request of 1 KB to its event, a load balancer, in base64 encodings of 1 KB", at_most, 12,
            "×", always, measure_event<app::FrontKind::alb>},
        Row{"reply-alb", "a reply of 1 KB to its answer, a load balancer, in base64 encodings of 1 KB", at_most, 12,
            "×", always, measure_reply<app::FrontKind::alb>},
        Row{"route", "a route among 500, in base64 encodings of 1 KB", at_most, 2, "×", always, measure_route},
        Row{"template", "spawn to the ready line, 100 functions and 500 routes, in spawns of 'true'", at_most, 55, "×",
            always, measure_template},
        Row{"scenarios", "1000 scenarios of one call, warm, to 3 times 1000 calls of the relay and 1 s", at_most, 1,
            "×", always, measure_scenarios},
        Row{"scenario-load", "1000 scenario files read, in spawns of 'true'", at_most, 500, "×", always,
            measure_scenario_loading},
        Row{"scenario-start", "'understudy test' to the first verdict, in spawns of 'true'", at_most, 12, "×", always,
            measure_first_verdict},
        Row{"replay", "exchanges replayed in a second, 100,000 of 1 KB, to the relay's requests", at_least, 0.60, "×",
            always, measure_replay},
        Row{"window", "CheckWindow on a log of 1 GB, to 10 MB", at_most, 2, "×", full, measure_window},
        Row{"window-memory", "the handler's most memory on a log of 1 GB", at_most, 32, "MB", full,
            measure_window_memory},
        Row{"build", "clean release build without tests, two jobs", at_most, 180, "s", asked, measure_build},
    };
    return kRows;
}

}  // namespace understudy::bench
