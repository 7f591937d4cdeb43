// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario_keys.hpp"

#include <type_traits>

#include "sim/attacks/make_attack.hpp"
#include "sim/scenario_values.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint64_t taking_part_max = 1'000'000;
constexpr std::uint64_t hashes_max = std::uint64_t{1} << 62U;
constexpr std::uint64_t payments_max = 100'000'000;
constexpr std::size_t quantiles_max = 1'000;
constexpr std::uint64_t slots_max = peers_max;
constexpr std::uint64_t buckets_max = 65'536;
constexpr Duration no_time{};
constexpr Duration instant = microseconds(1);
constexpr Duration an_hour = seconds(3'600);
constexpr Duration ten_years = seconds(std::int64_t{86'400} * 3'650);

/// Puts a value where it belongs: the kind's bounds keep a whole number within the field's type.
template <class Field, class T>
void store(Field& field, T value) {
    field = static_cast<Field>(std::move(value));
}
template <class Field, class T>
void store(std::optional<Field>& field, T value) {
    field = static_cast<Field>(std::move(value));
}

/// An entry whose value is at `place`, which gives a reference into the scenario. The field may be
/// of another integer type than the kind, or optional.
template <class T, class Place>
KeyEntry entry(std::string_view path, const ValueKind<T>& kind, Place place,
               std::string_view meaning) {
    using Field = std::remove_reference_t<std::invoke_result_t<Place, Scenario&>>;
    Scenario defaults;
    std::string default_text = "not set";
    if constexpr (std::is_constructible_v<Field, std::nullopt_t>) {
        if (place(defaults)) default_text = kind.write(T{*place(defaults)});
    } else {
        default_text = kind.write(static_cast<T>(place(defaults)));
    }
    return {path, kind.type, meaning, default_text,
            [kind, place](Scenario& scenario, const toml::node& node) -> Result<void, std::string> {
                auto value = kind.read(node);
                if (!value) return unexpected(value.error());
                store(place(scenario), *std::move(value));
                return {};
            }};
}

ValueKind<TargetSchedule> schedules() {
    return one_of<TargetSchedule>(
        {{"fixed", TargetSchedule::fixed}, {"asert", TargetSchedule::asert}});
}

ValueKind<ProofOfWork> proofs() {
    return one_of<ProofOfWork>(
        {{"real", ProofOfWork::searched}, {"sampled", ProofOfWork::sampled}});
}

ValueKind<BlockRelay> block_relays() {
    return one_of<BlockRelay>({{"headers", BlockRelay::headers}, {"compact", BlockRelay::compact}});
}

ValueKind<Model> models() {
    return one_of<Model>({{"ledger", Model::ledger}, {"relay", Model::relay}});
}

ValueKind<LatencyKind> latency_kinds() {
    return one_of<LatencyKind>({{"fixed", LatencyKind::fixed}, {"pareto", LatencyKind::pareto}});
}

ValueKind<std::string> networks() {
    return one_of<std::string>(
        {{"classroom", "classroom"}, {"local", "local"}, {"test", "test"}, {"main", "main"}});
}

ValueKind<AttackKind> attacks() {
    std::vector<std::pair<std::string_view, AttackKind>> names{{"none", AttackKind::none}};
    for (const AttackHelp& help : attack_help()) names.emplace_back(help.name, help.kind);
    return one_of<AttackKind>(names);
}

// A macro, for a lambda cannot take a field's name.
// NOLINTNEXTLINE(bugprone-macro-parentheses)
#define PLACE(field) [](Scenario& scenario) -> auto& { return scenario.field; }

std::vector<KeyEntry> head_keys() {
    return {
        entry("name", text(), PLACE(name), "What the scenario is called in results."),
        entry("description", text(), PLACE(description), "A sentence for people."),
        entry("seed", whole_number(0, INT64_MAX), PLACE(seed),
              "The whole run follows from the scenario and this number."),
        entry("participants", whole_number(2, taking_part_max), PLACE(participants),
              "How many take part."),
        entry("model", models(), PLACE(model),
              "Whole participants with a ledger, or such as only relay blocks, for networks of any "
              "size."),
        entry("encode_messages", yes_or_no(), PLACE(encode_messages),
              "Put every message through its bytes, as a real network does; changes no result."),
        entry("checkers", yes_or_no(), PLACE(checkers),
              "Watch from outside, at every step, that the ledger's promises hold."),
        entry("virtual_time_max", duration(seconds(1), ten_years), PLACE(virtual_time_max),
              "A run that takes longer has failed to come to agreement."),
    };
}

std::vector<KeyEntry> network_keys() {
    return {
        entry("network.rules", networks(), PLACE(network.rules),
              "The built-in network whose rules are in force, bent by the keys below."),
        entry("network.proof_of_work", proofs(), PLACE(network.proof_of_work),
              "Search nonces for real, or draw the time of the next block from the exact law."),
        entry("network.hashes_per_block", whole_number(1, hashes_max),
              PLACE(network.hashes_per_block),
              "Expected number of hashes to find a block: sets the first target."),
        entry("network.schedule", schedules(), PLACE(network.schedule),
              "Whether the target stays as it is or follows the time that blocks take."),
        entry("network.block_interval_seconds", whole_number(1, 86'400),
              PLACE(network.block_interval_seconds), "What the schedule \"asert\" steers to."),
        entry("network.coinbase_maturity", whole_number(0, 1'000'000),
              PLACE(network.coinbase_maturity), "Blocks until a miner can spend what he mined."),
        entry("network.block_bytes_max", whole_number(1'000, 32'000'000),
              PLACE(network.block_bytes_max), "The largest block allowed."),
        entry("network.allocation", amount(), PLACE(network.allocation),
              "What the genesis block gives to each participant."),
        entry("network.allocation_coins", whole_number(1, 1'000), PLACE(network.allocation_coins),
              "In how many coins of the same size it comes."),
    };
}

std::vector<KeyEntry> world_keys() {
    return {
        entry("topology.generator", text(), PLACE(topology.generator),
              "Who is connected to whom, by a rule: \"ring\", \"regular:8\", \"barabasi-albert:3\" "
              "…"),
        entry("topology.file", text(), PLACE(topology.file),
              "The same from a file, edge list or GraphML, seen from the scenario's folder."),
        entry("topology.regions", text(), PLACE(topology.regions),
              "A file of regions, how far and fast they are; generator \"geographic\" and model "
              "\"relay\" put participants there."),
        entry("discovery.on", yes_or_no(), PLACE(discovery.on),
              "The topology says only whom each knows at first: participants find, choose and call "
              "others themselves."),
        entry("discovery.anchors", whole_number(0, anchors_max), PLACE(discovery.anchors),
              "How many of their oldest neighbours they call first after a restart."),
        entry("link.latency_min", duration(no_time, an_hour), PLACE(link.latency_min),
              "Each link's own delay is drawn once, uniformly, from this …"),
        entry("link.latency_max", duration(no_time, an_hour), PLACE(link.latency_max),
              "… to this."),
        entry("link.jitter", duration(no_time, an_hour), PLACE(link.jitter),
              "Each message takes up to so much longer."),
        entry("link.bandwidth_bps", whole_number(0, 1'000'000'000'000), PLACE(link.bandwidth_bps),
              "Bits a second each way; messages queue. 0: unlimited."),
        entry("link.loss", share(), PLACE(link.loss),
              "Chance that a message is lost on the way and has to be sent again."),
        entry("link.retransmit_after", duration(instant, an_hour), PLACE(link.retransmit_after),
              "What each such loss adds to its delay."),
        entry("link.latency_law", latency_kinds(), PLACE(link.latency_law),
              "Whether each message takes the link's own delay, or draws its own about that by the "
              "Pareto law."),
        entry("link.shared_upload", yes_or_no(), PLACE(link.shared_upload),
              "Whether all that a participant sends, to whomever, queues for one line, as fast as "
              "the link that it goes over; false: each link has a line of its own."),
        entry("mining.hash_rate", whole_number(1, hashes_max), PLACE(mining.hash_rate),
              "Hashes a second, all participants together."),
        entry("mining.shares", share_list(taking_part_max), PLACE(mining.shares),
              "Each participant's share of it; left out: equal."),
        entry(
            "mining.law", hash_rate_law(), PLACE(mining.law),
            "How it is spread where shares are not given: \"equal\", \"normal:0.25\" (deviation as "
            "a share of the mean), \"zipf:1\" (exponent)."),
        entry("mining.miners", whole_number(1, taking_part_max), PLACE(mining.miners),
              "Only the first so many mine; left out: all."),
    };
}

std::vector<KeyEntry> relay_keys() {
    constexpr std::uint64_t bytes_max = 1'000'000'000;
    return {
        entry("relay.block_bytes", whole_number(1, bytes_max), PLACE(relay.block_bytes),
              "Size of the first block (the keys of relay count with model \"relay\")."),
        entry("relay.block_bytes_last", whole_number(1, bytes_max), PLACE(relay.block_bytes_last),
              "Size of the last, between which sizes grow evenly; left out: the same."),
        entry("relay.block_interval_last", duration(instant, ten_years),
              PLACE(relay.block_interval_last),
              "Mean time before the last block; it grows in the same way."),
        entry("relay.message_time", duration(no_time, an_hour), PLACE(relay.message_time),
              "What an announcement or a request takes beyond the delay of the link."),
        entry("relay.send_time", duration(no_time, an_hour), PLACE(relay.send_time),
              "What the sender of a block takes before it sends."),
        entry("relay.one_at_a_time", yes_or_no(), PLACE(relay.one_at_a_time),
              "A sender begins to send the next block when the last has arrived, not when it has "
              "left."),
        entry("relay.compact_share", share(), PLACE(relay.compact_share),
              "Share of participants who send and read compact blocks."),
        entry("relay.compact_bytes", whole_number(1, bytes_max), PLACE(relay.compact_bytes),
              "Size of a compact block."),
        entry("relay.churning_share", share(), PLACE(relay.churning_share),
              "Share of participants who come and go, and so lack more payments."),
        entry("relay.failure_staying", share(), PLACE(relay.failure_staying),
              "Chance that one who stays lacks payments of a compact block, and asks for them."),
        entry("relay.failure_churning", share(), PLACE(relay.failure_churning),
              "The same for one who comes and goes."),
        entry("relay.missing_staying", share_list(quantiles_max), PLACE(relay.missing_staying),
              "What share of the block is lacking then: evenly spaced quantiles, the least first."),
        entry("relay.missing_churning", share_list(quantiles_max), PLACE(relay.missing_churning),
              "The same for one who comes and goes."),
    };
}

std::vector<KeyEntry> workload_keys() {
    const auto kinds =
        one_of<WorkloadKind>({{"rounds", WorkloadKind::rounds}, {"stream", WorkloadKind::stream}});
    return {
        entry("workload.kind", kinds, PLACE(workload.kind),
              "Rounds of paying and then mining, or both all the time."),
        entry("workload.rounds", whole_number(1, 1'000'000), PLACE(workload.rounds),
              "How many rounds (kind \"rounds\")."),
        entry("workload.payments_per_round", whole_number(0, payments_max),
              PLACE(workload.payments_per_round), "Payments ordered at the start of each round."),
        entry("workload.spread_time", duration(no_time, an_hour), PLACE(workload.spread_time),
              "How long payments spread before all begin to mine."),
        entry("workload.payments_per_1000_seconds", whole_number(0, payments_max),
              PLACE(workload.payments_per_1000_seconds),
              "Mean rate of payments at random moments (kind \"stream\")."),
        entry("workload.payments_max", whole_number(0, payments_max), PLACE(workload.payments_max),
              "Stop paying after so many; 0: no limit."),
        entry("workload.blocks", whole_number(0, 10'000'000), PLACE(workload.blocks),
              "Stop after so many blocks on the main chain; 0: no limit (kind \"stream\")."),
        entry("workload.duration", duration(no_time, ten_years), PLACE(workload.duration),
              "Stop after so much virtual time; 0: no limit (kind \"stream\")."),
        entry("workload.hops_max", whole_number(0, taking_part_max), PLACE(workload.hops_max),
              "How many links away payees are at most; 0: anywhere."),
        entry("workload.amount_min", amount(), PLACE(workload.amount_min),
              "Amounts are drawn uniformly from this …"),
        entry("workload.amount_max", amount(), PLACE(workload.amount_max), "… to this."),
        entry("workload.fee_min", amount(), PLACE(workload.fee_min),
              "Fees are drawn uniformly from this …"),
        entry("workload.fee_max", amount(), PLACE(workload.fee_max), "… to this."),
    };
}

std::vector<KeyEntry> participant_keys() {
    return {
        entry("participant.announce_interval", duration(no_time, an_hour),
              PLACE(participant.announce_interval),
              "Mean delay in which payments are gathered before a neighbour is told."),
        entry("participant.request_timeout", duration(instant, an_hour),
              PLACE(participant.request_timeout),
              "How long to wait for what was asked before asking another neighbour."),
        entry("participant.ping_interval", duration(no_time, ten_years),
              PLACE(participant.ping_interval),
              "How often to see whether a neighbour is there; 0: never."),
        entry("participant.template_interval", duration(instant, an_hour),
              PLACE(participant.template_interval),
              "Longest age of the block being mined before new payments are taken into it."),
        entry("participant.mempool_bytes_max", whole_number(10'000, 10'000'000'000),
              PLACE(participant.mempool.bytes_max), "Room for waiting payments."),
        entry("participant.fee_per_kilobyte_min", amount(),
              PLACE(participant.mempool.fee_per_kilobyte_min),
              "The least fee that is relayed and mined."),
        entry("participant.fee_floor_interval", duration(no_time, ten_years),
              PLACE(participant.fee_floor_interval),
              "Mean time until neighbours are told that the pool asks for other fees; 0: never."),
        entry("participant.block_relay", block_relays(), PLACE(participant.block_relay),
              "Tell of new blocks by their headers and send them whole, or send them compact: as "
              "short ids of payments that the other has."),
        entry("participant.outbound_slots", whole_number(0, slots_max),
              PLACE(participant.outbound_slots),
              "How many others each calls (this and the next seven count where discovery is on)."),
        entry("participant.inbound_slots", whole_number(1, slots_max),
              PLACE(participant.inbound_slots),
              "How many may call; when more do, the least useful has to go."),
        entry("participant.feeler_interval", duration(no_time, ten_years),
              PLACE(participant.feeler_interval),
              "Mean time between calls that only test an address; 0: none."),
        entry("participant.new_buckets", whole_number(1, buckets_max),
              PLACE(participant.address_book.new_buckets),
              "Buckets of the address book for those that others told of."),
        entry("participant.tried_buckets", whole_number(1, buckets_max),
              PLACE(participant.address_book.tried_buckets),
              "The same for those that have answered."),
        entry("participant.bucket_places", whole_number(1, 1'024),
              PLACE(participant.address_book.bucket_places), "Addresses in a bucket."),
        entry("participant.new_buckets_per_source_group", whole_number(1, buckets_max),
              PLACE(participant.address_book.new_buckets_per_source_group),
              "How many new buckets those can fill who tell from one network group."),
        entry("participant.tried_buckets_per_group", whole_number(1, buckets_max),
              PLACE(participant.address_book.tried_buckets_per_group),
              "How many tried buckets addresses of one group can fill."),
        entry("cost.per_signature", duration(no_time, an_hour), PLACE(cost.per_signature),
              "Virtual time that checking one signature takes a participant."),
        entry("cost.per_kilobyte", duration(no_time, an_hour), PLACE(cost.per_kilobyte),
              "Virtual time that reading and checking a thousand bytes takes."),
        entry(
            "cost.disk_sync_min", duration(no_time, an_hour), PLACE(cost.disk_sync_min),
            "Virtual time that making a block safe on the disk takes: drawn uniformly from this …"),
        entry("cost.disk_sync_max", duration(no_time, an_hour), PLACE(cost.disk_sync_max),
              "… to this."),
    };
}

std::vector<KeyEntry> trouble_keys() {
    return {
        entry("chaos.until", duration(no_time, ten_years), PLACE(chaos.until),
              "Random faults strike until this moment, then all is mended; 0: none."),
        entry("chaos.mean_gap", duration(instant, ten_years), PLACE(chaos.mean_gap),
              "Mean time between them."),
        entry("chaos.partitions", yes_or_no(), PLACE(chaos.partitions),
              "Whether the network may split."),
        entry("chaos.crashes", yes_or_no(), PLACE(chaos.crashes),
              "Whether participants may crash."),
        entry("chaos.link_cuts", yes_or_no(), PLACE(chaos.link_cuts),
              "Whether single links may fail."),
        entry("chaos.clock_skew", yes_or_no(), PLACE(chaos.clock_skew),
              "Whether clocks may go wrong."),
        entry("churn.until", duration(no_time, ten_years), PLACE(churn.until),
              "Participants come and go until this moment, then all come back; 0: nobody goes."),
        entry("churn.share", share(), PLACE(churn.share),
              "Share of participants who come and go: so likely each does; an attacker stays."),
        entry("churn.online_mean", duration(instant, ten_years), PLACE(churn.online_mean),
              "How long they are there at a time, on the mean of an exponential law …"),
        entry("churn.offline_mean", duration(instant, ten_years), PLACE(churn.offline_mean),
              "… and how long away."),
        entry("attack.kind", attacks(), PLACE(attack.kind), "What the adversary tries."),
        entry("attack.attacker", whole_number(0, taking_part_max), PLACE(attack.attacker),
              "Who the adversary is."),
        entry("attack.victim", whole_number(0, taking_part_max), PLACE(attack.victim),
              "Whom it is against; left out: the participant farthest away."),
        entry("attack.hash_share", share(), PLACE(attack.hash_share),
              "The attacker's share of all hash rate; left out: what suits the kind."),
        entry(
            "attack.gamma", share(), PLACE(attack.gamma),
            "The share of the others' hash rate that hears of the attacker's block first in a tie "
            "(mining strategies); left out: as the network has it."),
        entry("attack.confirmations", whole_number(1, 100), PLACE(attack.confirmations),
              "Blocks that the victim waits for (kinds \"majority\" and \"partition\")."),
        entry("attack.groups", whole_number(1, 10'000), PLACE(attack.groups),
              "Network groups that the attacker's addresses are in (kind \"eclipse\")."),
    };
}

template <class T, class Place>
FaultKeyEntry fault_entry(std::string_view path, const ValueKind<T>& kind, Place place,
                          std::string_view meaning) {
    return {path, kind.type, meaning,
            [kind, place](Fault& fault, const toml::node& node) -> Result<void, std::string> {
                auto value = kind.read(node);
                if (!value) return unexpected(value.error());
                store(place(fault), *std::move(value));
                return {};
            }};
}

ValueKind<std::vector<std::uint32_t>> participant_list() {
    using List = std::vector<std::uint32_t>;
    return {"list of participants",
            [](const toml::node& node) -> Result<List, std::string> {
                const std::string advice = "write a list of participants' numbers, such as [3, 4]";
                const toml::array* array = node.as_array();
                if (array == nullptr || array->size() > taking_part_max) return unexpected(advice);
                List list;
                for (const toml::node& item : *array) {
                    const auto number = whole_number(0, taking_part_max).read(item);
                    if (!number) return unexpected(advice);
                    list.push_back(static_cast<std::uint32_t>(*number));
                }
                return list;
            },
            [](const List&) { return std::string{}; }};
}

}  // namespace

const std::vector<KeyEntry>& key_entries() {
    static const std::vector<KeyEntry> entries = [] {
        std::vector<KeyEntry> all;
        for (auto* part : {head_keys, network_keys, world_keys, relay_keys, workload_keys,
                           participant_keys, trouble_keys}) {
            for (KeyEntry& key : part()) all.push_back(std::move(key));
        }
        return all;
    }();
    return entries;
}

const std::vector<FaultKeyEntry>& fault_key_entries() {
    static const std::vector<FaultKeyEntry> entries = {
        fault_entry(
            "kind",
            one_of<FaultKind>({{"partition", FaultKind::partition},
                               {"heal", FaultKind::heal},
                               {"crash", FaultKind::crash},
                               {"restart", FaultKind::restart},
                               {"disconnect", FaultKind::disconnect},
                               {"reconnect", FaultKind::reconnect},
                               {"clock_skew", FaultKind::clock_skew},
                               {"leave", FaultKind::leave}}),
            [](Fault& fault) -> auto& { return fault.kind; }, "What happens."),
        fault_entry(
            "at", duration(no_time, ten_years), [](Fault& fault) -> auto& { return fault.at; },
            "When, since the start."),
        fault_entry(
            "participants", participant_list(),
            [](Fault& fault) -> auto& { return fault.participants; },
            "Whom it strikes; for a partition, one of the two sides."),
        fault_entry(
            "neighbour", whole_number(0, taking_part_max),
            [](Fault& fault) -> auto& { return fault.neighbour; },
            "The other end of the link that is cut or mended."),
        fault_entry(
            "skew", duration(no_time, seconds(86'400)),
            [](Fault& fault) -> auto& { return fault.skew; },
            "How far the clock is ahead from then on."),
    };
    return entries;
}

}  // namespace bezant::sim
