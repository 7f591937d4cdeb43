// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/amount.hpp"
#include "base/time.hpp"
#include "ledger/parameters.hpp"
#include "node/participant.hpp"
#include "sim/hash_rate_law.hpp"
#include "sim/latency_law.hpp"

namespace bezant::sim {

/// Shares and chances are whole numbers of millionths, so that they are exact.
using PartsPerMillion = std::uint32_t;
inline constexpr PartsPerMillion one_million = 1'000'000;

/// What a participant is.
enum class Model : std::uint8_t {
    ledger,  ///< whole: keys, wallet, ledger, pool, miner, neighbours
    relay,   ///< one who relays blocks and does nothing else, for networks of any size
};

/// Which network's rules are in force, and how they are bent. Key prefix: network.
struct NetworkSettings {
    std::string rules = "classroom";  ///< built-in parameters to start from
    ProofOfWork proof_of_work = ProofOfWork::searched;
    std::optional<std::uint64_t>
        hashes_per_block;  ///< expected; sets the (first) target: 2^256 / this
    std::optional<std::uint32_t> block_interval_seconds;
    std::optional<std::uint32_t> coinbase_maturity;
    std::optional<std::uint32_t> block_bytes_max;
    std::optional<TargetSchedule> schedule;
    Amount allocation = bezants(10);     ///< to each participant, in the genesis block
    std::uint32_t allocation_coins = 1;  ///< in so many coins of the same size
};

/// Who is connected to whom. Key prefix: topology.
struct TopologySettings {
    std::string generator;  ///< "ring", "regular:8", …; empty if a file is named
    std::string file;       ///< edge list or GraphML, relative to the scenario's folder
    std::string regions =
        "internet_2019.toml";  ///< a RegionModel; where a file is seen from: as above
};

/// Whether participants look for each other themselves. Key prefix: discovery.
struct DiscoverySettings {
    /// The topology says only whom each knows at first: they choose whom to call out of their
    /// address books. `participant` has the slots and the sizes of the books.
    bool on = false;
    std::size_t anchors = anchors_max;  ///< addresses kept over a restart to be called first
};

/// What every link is like, unless the topology file says otherwise. Key prefix: link.
struct LinkSettings {
    Duration latency_min = milliseconds(20);  ///< each link's own latency is drawn once, uniformly
    Duration latency_max = milliseconds(80);
    Duration jitter{};                ///< added to each message, uniform in [0, jitter]
    std::uint64_t bandwidth_bps = 0;  ///< bits a second each way, queued; 0: unlimited
    PartsPerMillion loss = 0;         ///< chance that a message must be sent again
    Duration retransmit_after = milliseconds(200);  ///< what each loss adds to the delay
    LatencyKind latency_law = LatencyKind::fixed;   ///< of each message, about the link's own
    bool shared_upload = false;  ///< a sender's messages queue for one line to all neighbours
};

/// How blocks travel where participants only relay (Model::relay). Key prefix: relay.
struct RelaySettings {
    std::uint32_t block_bytes = 1'000'000;  ///< of the first block
    /// Of the last one, if that is not the same: they grow evenly.
    std::optional<std::uint32_t> block_bytes_last;
    std::optional<Duration> block_interval_last;  ///< the same, for the mean time between blocks
    Duration message_time{};     ///< what an announcement or a request takes beyond the latency
    Duration send_time{};        ///< what the sender of a block takes before it sends
    bool one_at_a_time = false;  ///< a sender begins with the next when the last has arrived

    PartsPerMillion compact_share = 0;  ///< of participants that send and read compact blocks
    std::uint32_t compact_bytes = 18'000;
    PartsPerMillion churning_share = 0;   ///< of participants that come and go
    PartsPerMillion failure_staying = 0;  ///< chance that payments of a compact block are missing
    PartsPerMillion failure_churning = 0;
    /// Which share of a block is missing then: quantiles of its law, evenly spaced from the least
    /// to the largest.
    std::vector<PartsPerMillion> missing_staying{one_million};
    std::vector<PartsPerMillion> missing_churning{one_million};
};

/// Who mines how fast. Key prefix: mining.
struct MiningSettings {
    std::uint64_t hash_rate = 1'000;      ///< hashes a second, all participants together
    std::vector<PartsPerMillion> shares;  ///< by participant; empty: equal
    std::optional<std::uint32_t> miners;  ///< only the first so many mine
    HashRateLaw law;                      ///< how it is spread where shares are not given
};

enum class WorkloadKind : std::uint8_t {
    rounds,  ///< pay, then mine until all agree on a longer chain; again
    stream,  ///< everyone mines all the time; payments at random moments
};

/// What people do. Key prefix: workload.
struct WorkloadSettings {
    WorkloadKind kind = WorkloadKind::rounds;
    std::uint32_t rounds = 5;
    std::uint32_t payments_per_round = 4;
    std::uint32_t payments_per_1000_seconds = 0;  ///< stream: mean rate of the exponential law
    std::uint32_t payments_max = 0;  ///< stream: stop paying after so many; 0: no limit
    std::uint32_t hops_max = 2;      ///< how far away in the graph payees are; 0: anyone
    Amount amount_min{10'000'000};
    Amount amount_max{300'000'000};
    Amount fee_min{10'000};
    Amount fee_max{1'000'000};
    Duration spread_time = seconds(3);  ///< rounds: between paying and mining
    /// Stream: the run stops mining and paying at whichever comes first, then settles. 0: no limit.
    std::uint32_t blocks = 0;
    Duration duration{};
};

enum class FaultKind : std::uint8_t {
    partition,
    heal,
    crash,
    restart,
    disconnect,
    reconnect,
    clock_skew,
    leave
};

/// Something that goes wrong, or right again, at a moment. One [[fault]] table each.
struct Fault {
    FaultKind kind{};
    Duration at{};                            ///< since the start
    std::vector<std::uint32_t> participants;  ///< partition: one side; most others: these
    std::optional<std::uint32_t> neighbour;   ///< disconnect, reconnect: the link's other end
    Duration skew{};                          ///< clock_skew: added to the participant's clock
};

/// Faults drawn at random until a moment, after which all is healed. Key prefix: chaos.
struct ChaosSettings {
    Duration until{};  ///< 0: none
    Duration mean_gap = seconds(20);
    bool partitions = true;
    bool crashes = true;
    bool link_cuts = true;
    bool clock_skew = false;
};

/// Participants who go and come back, until a moment at which all are there. Key prefix: churn.
struct ChurnSettings {
    Duration until{};                     ///< 0: nobody goes
    PartsPerMillion share = one_million;  ///< of all participants, who come and go
    Duration online_mean = seconds(3'600);
    Duration offline_mean = seconds(3'600);
};

/// What checking and keeping costs a participant in virtual time. Key prefix: cost.
struct CostSettings {
    Duration per_signature = microseconds(40);
    Duration per_kilobyte = microseconds(5);
    Duration disk_sync_min = microseconds(200);  ///< making a write safe takes from this …
    Duration disk_sync_max = milliseconds(2);    ///< … to this, drawn uniformly for each
};

enum class AttackKind : std::uint8_t {
    none,
    double_spend,
    race,
    finney,
    vector76,
    forge,
    tamper,
    inflate,
    majority,
    selfish,
    lead_stubborn,
    fork_stubborn,
    stubborn,
    optimal_selfish,
    withholding,
    empty_blocks,
    flood,
    partition,
    time_warp,
    eclipse,
};

/// Key prefix: attack.
struct AttackSettings {
    AttackKind kind = AttackKind::none;
    std::uint32_t attacker = 0;                 ///< participant
    std::optional<std::uint32_t> victim;        ///< by default the participant farthest away
    std::optional<PartsPerMillion> hash_share;  ///< the attacker's, of all; by default as the kind
    std::optional<PartsPerMillion> gamma;       ///< of the others' hash rate, his side of a tie
    std::uint32_t confirmations = 3;            ///< what the victim waits for
    std::uint32_t groups = 16;                  ///< network groups that his addresses are in
};

/// One experiment, whole: with its seed it determines every event. Read from TOML
/// (docs/scenarios.md).
struct Scenario {
    std::string name;
    std::string description;
    std::uint64_t seed = 1;
    std::uint32_t participants = 10;
    NetworkSettings network;
    TopologySettings topology;
    DiscoverySettings discovery;
    LinkSettings link;
    MiningSettings mining;
    WorkloadSettings workload;
    ParticipantOptions participant;
    CostSettings cost;
    std::vector<Fault> faults;
    ChaosSettings chaos;
    ChurnSettings churn;
    AttackSettings attack;
    bool encode_messages = false;  ///< put every message through its bytes, as a real network would
    bool checkers = true;
    Model model = Model::ledger;
    RelaySettings relay;
    Duration virtual_time_max =
        seconds(std::int64_t{86'400} * 365);  ///< a run longer than this has not converged
};

}  // namespace bezant::sim
